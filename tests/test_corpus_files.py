"""Which files are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis import paths
from analysis.contracts.errors import InputError
from analysis.corpus.files import find_files, show_path


def _write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Tekst.", encoding="utf-8")


def test_folder_is_searched_below(tmp_path: Path) -> None:
    """Folders below count, companions and hidden files do not, other kinds are listed once per ending."""
    _write(
        tmp_path,
        "b.txt",
        "x/a.TXT",
        "README.md",
        ".verborgen.txt",
        ".git/a.txt",
        "~$t.xlsx",
        "foto1.jpg",
        "foto2.jpg",
        "los",
    )
    sources, others = find_files(tmp_path)
    assert [source.stem for source in sources] == ["b", "x/a"]
    assert [source.source_file for source in sources] == [
        f"{tmp_path.as_posix()}/b.txt",
        f"{tmp_path.as_posix()}/x/a.TXT",
    ]
    assert [(Path(other.source_file).name, other.reason) for other in others] == [
        ("foto1.jpg", "files that end in .jpg are not read (2 such files in this folder)"),
        ("los", "a file without an ending is not read"),
    ]


def test_ids_do_not_depend_on_place_or_order(tmp_path: Path) -> None:
    """The same folder elsewhere gives the same stems; a file named twice is read once."""
    _write(tmp_path / "een", "a.txt", "b/c.txt")
    _write(tmp_path / "twee", "a.txt", "b/c.txt")
    first = [source.stem for source in find_files(tmp_path / "een")[0]]
    assert first == [source.stem for source in find_files(tmp_path / "twee")[0]]
    folder, file = tmp_path / "een", tmp_path / "een" / "b" / "c.txt"
    assert find_files([folder, file]) == find_files([file, folder])
    assert len(find_files([folder, file])[0]) == 2


def test_file_of_another_kind_is_listed(tmp_path: Path) -> None:
    """A file named explicitly is never passed over in silence."""
    _write(tmp_path, "a.txt", "nota.odt")
    _, others = find_files([tmp_path / "a.txt", tmp_path / "nota.odt"])
    assert [other.reason for other in others] == ["files that end in .odt are not read"]


@pytest.mark.parametrize(("name", "message"), [("leeg", "holds no articles"), ("weg", "does not exist")])
def test_nothing_to_read(tmp_path: Path, name: str, message: str) -> None:
    """An empty folder and a path that does not exist are errors that say what to do."""
    (tmp_path / "leeg").mkdir()
    with pytest.raises(InputError, match=message):
        find_files(tmp_path / name)
    with pytest.raises(InputError, match="list of paths is empty"):
        find_files([])


def test_paths_within_the_project_are_shown_from_its_root() -> None:
    """Outputs name no machine's folders for what belongs to the project."""
    assert show_path(paths.SEEDS / "a.txt") == "seeds/a.txt"


def test_a_folder_that_may_not_be_read_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it is not passed over in silence; a hidden one is. Who runs the tests may be allowed everything."""
    _write(tmp_path, "a.txt", "dicht/b.txt", ".git/c.txt")
    real = os.scandir

    def scan(path: str):  # type: ignore[no-untyped-def]
        if Path(path).name in ("dicht", ".git"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scan)  # the name that os.walk calls
    sources, others = find_files(tmp_path)
    assert [source.stem for source in sources] == ["a"]
    (other,) = others
    assert Path(other.source_file).name == "dicht"
    assert other.reason == "the folder cannot be read (Permission denied)"
    (tmp_path / "a.txt").unlink()
    with pytest.raises(InputError, match=r"holds no articles\. .*dicht: the folder cannot be read"):
        find_files(tmp_path)


def test_links(tmp_path: Path) -> None:
    """A link to a file is followed, one to a folder is listed, and one to nowhere is listed even when named."""
    _write(tmp_path / "elders", "b.txt")
    (tmp_path / "hier").mkdir()
    try:
        (tmp_path / "hier" / "a.txt").symlink_to(tmp_path / "elders" / "b.txt")
        (tmp_path / "hier" / "map").symlink_to(tmp_path / "elders")
        (tmp_path / "weg.txt").symlink_to("nergens.txt")
    except OSError:
        return  # on Windows links are for administrators
    sources, others = find_files([tmp_path / "hier", tmp_path / "weg.txt"])
    assert [source.stem for source in sources] == ["a"]
    assert [(Path(other.source_file).name, other.reason[:22]) for other in others] == [
        ("map", "links to folders are n"),
        ("weg.txt", "the file cannot be rea"),
    ]
