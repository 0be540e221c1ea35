"""A freeze of the coder: what it makes of a fixed set of texts, kept to see what a change of the coder changes.

Reads the texts of `analysis.validation.freeze_texts`; writes a folder per set with every table, and ``manifest.json``.
``python -m analysis.validation.freeze code FOLDER`` makes one, ``... compare OLD NEW`` prints the rows in which two
differ, with their words (`analysis.validation.freeze_compare`). See ``docs/validation.md``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis.coding.frames.methods import DEFAULT as FRAME_METHODS
from analysis.contracts.errors import InputError, StudyError, UsageError
from analysis.contracts.paths import ROOT
from analysis.contracts.tables import concat_tables
from analysis.corpus import write_tables
from analysis.reading.model_loading import reading_model_path
from analysis.reading.tokens import MODEL, RULES
from analysis.runs.chain import METHODS, code_articles, describe_model
from analysis.runs.identity import checksum_of_coder, checksum_of_file
from analysis.validation.freeze_compare import LIMIT, MANIFEST, compare_freezes
from analysis.validation.freeze_rows import Choice
from analysis.validation.freeze_texts import N_NEWS, SETS, check_set, read_set

SAME, DIFFERENT, FAILED = 0, 1, 2
"""Exit codes."""
OPTIONS: dict[str, dict[str, Any]] = {
    MODEL: {"reading": MODEL, "methods": METHODS, "frames": FRAME_METHODS},
    RULES: {"reading": RULES, "methods": ("lexicon",), "frames": ("patterns",)},
}
"""Options of the coders by reading; by rules nothing of the model is used."""


def code_freeze(
    folder: str | Path,
    *,
    sets: Sequence[str] = tuple(SETS),
    n: int = N_NEWS,
    reading: str = MODEL,
    tell: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Code the texts of a freeze and write every table.

    Parameters
    ----------
    folder : path
        Where to write; it must be new or empty, so that no freeze is overwritten.
    sets : sequence of str
        Names of `analysis.validation.freeze_texts.SETS`, all by default.
    n : int, default 100
        How many items of the news, evenly drawn.
    reading : {"model", "rules"}
        The coder as a study uses it, or what rests on word order alone.
    tell : callable, optional
        Called with a line for each set that is done.

    Returns
    -------
    dict
        The manifest: versions, commit, checksums of coder and model, options, and rows per set and table.

    Raises
    ------
    UsageError
        For an unknown set or reading, no set, no item of the news, or a folder that holds anything.
    InputError
        When texts are missing, or the folder cannot be written.
    """
    target = Path(folder)
    if reading not in OPTIONS:
        raise UsageError(f"--reading {reading}: unknown; use {' or '.join(OPTIONS)}")
    if not sets:
        raise UsageError(f"--sets: none is named; use {','.join(SETS)}")
    for name in sets:
        check_set(name, n)
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise UsageError(f"{target}: is there and not empty; name a new folder, so that no freeze is overwritten")
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{target}: cannot be made ({error.strerror}); name another folder") from error
    made_by = {"framewijs": metadata.version("framewijs"), **_find_commit(), "coder": checksum_of_coder()}
    options = OPTIONS[reading]
    counts: dict[str, dict[str, int]] = {}
    for name in SETS:
        if name not in sets:
            continue
        parts = [code_articles(articles, codebook, **options) for articles, codebook in read_set(name, n=n)]
        tables = concat_tables(parts)
        write_tables(tables, target / name)
        counts[name] = {table: len(rows) for table, rows in tables.items()}
        if tell is not None:
            tell(f"{name}: {counts[name]['articles']} texts coded")
    manifest = {
        **made_by,
        "model": _describe_model(options),
        "options": {key: value if isinstance(value, str) else list(value) for key, value in options.items()},
        "n": n,
        "sets": counts,
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (target / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return manifest


def _describe_model(options: dict[str, Any]) -> dict[str, str] | None:
    model = describe_model(options["reading"], options["methods"], options["frames"])
    return model and {**model, "checksum": checksum_of_file(reading_model_path())}


def _find_commit() -> dict[str, Any]:
    """The commit, and whether files it knows have changed since; None for both outside a repository."""
    head, changes = (_ask_git(*words) for words in (("rev-parse", "HEAD"), ("status", "--porcelain", "-uno")))
    return {"commit": head and head.strip(), "is_modified": None if changes is None else bool(changes.strip())}


def _ask_git(*words: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603  our own words
            ["git", *words],  # noqa: S607  wherever it is installed
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout


def main(arguments: Sequence[str]) -> int:
    """Make a freeze, or compare two.

    Returns
    -------
    int
        0 when all is coded, or nothing differs; 1 when something differs; 2 when it could not be done, which is said
        on stderr.
    """
    given = _make_parser().parse_args(list(arguments))
    try:
        if given.command == "code":
            code_freeze(given.folder, sets=given.sets, n=given.n, reading=given.reading, tell=print)
            return SAME
        choice = Choice(given.sets, given.tables, given.columns, given.ignore)
        differs = compare_freezes(given.old, given.new, choice, limit=given.limit, tell=print)
    except StudyError as error:
        print(error, file=sys.stderr)
        return FAILED
    return DIFFERENT if differs else SAME


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis.validation.freeze", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    code = commands.add_parser("code", help="code the fixed texts and write every table")
    code.add_argument("folder", type=Path, help="a new folder")
    code.add_argument("--sets", type=_split, default=tuple(SETS), help=f"some of {','.join(SETS)}")
    code.add_argument("--n", type=int, default=N_NEWS, help="items of the news, evenly drawn (%(default)s)")
    code.add_argument("--reading", choices=tuple(OPTIONS), default=MODEL, help="rules: without the model")
    compare = commands.add_parser("compare", help="print the rows in which two freezes differ; exit 1 if any do")
    compare.add_argument("old", type=Path, help="the freeze from before the change")
    compare.add_argument("new", type=Path, help="the freeze from after it")
    for option, about in (
        ("sets", "sets to compare; all by default"),
        ("tables", "tables to compare; all by default"),
        ("columns", "columns in which rows may not differ; all by default"),
        ("ignore", "columns in which rows may differ, such as rule"),
    ):
        compare.add_argument(f"--{option}", type=_split, default=(), metavar="NAME,NAME", help=about)
    compare.add_argument(
        "--limit", type=int, default=LIMIT, help="rows shown of each kind, per set and table (%(default)s)"
    )
    return parser


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
