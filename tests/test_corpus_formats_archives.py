"""Zip archives and web archives, those that mean harm among them."""

from __future__ import annotations

import gzip

import pytest

from analysis import load_corpus
from tests import export_files as made

STORY = "De gemeente dempt de haven. Schippers zijn boos over het besluit van gisteren."
PAGE = (
    "<html lang='nl'><head><title>Haven dicht</title><meta property='og:site_name' content='De Courant'>"
    "<meta property='article:published_time' content='2020-05-01T10:00:00Z'></head><body><nav><a href='/'>Sport</a></nav>"
    f"<h1>Haven dicht</h1><p>{STORY}</p></body></html>"
).encode()
ANSWERS = [
    ("200 OK", "text/html; charset=utf-8", PAGE),
    ("200 OK", "image/png", b"\x89PNG"),
    ("404 Not Found", "text/html", b"<html>weg</html>"),
    ("200 OK", "text/html", b"<html><p>" + b"veel te lang " * 1_000 + b"</p></html>"),
    ("200 OK", "text/html", b"\x00\x01\x02"),
]


@pytest.mark.parametrize(("name", "is_packed"), [("oogst.warc", False), ("oogst.warc.gz", True)])
def test_pages_of_a_web_archive_are_articles(tmp_path, name, is_packed):
    """Pages that a server gave, with what they say of themselves; other answers are counted, odd pages refused."""
    (tmp_path / name).write_bytes(made.make_warc(ANSWERS, is_packed=is_packed))
    corpus = load_corpus(tmp_path, max_characters=2_000)
    (article,) = corpus.articles.to_dict("records")
    assert [article[field] for field in ("article_id", "headline", "outlet", "published", "language")] == [
        "oogst:000001", "Haven dicht", "De Courant", "2020-05-01", "nl",
    ]  # fmt: skip
    assert article["text"] == f"Haven dicht\n\n{STORY}"
    assert sorted(corpus.notices["reason"]) == [
        "WARC, article 4, field text: longer than 2,000 characters",
        "WARC, article 5, field text: the file is binary: it contains NUL bytes",
        "WARC: 2 records were passed over: 1 no web page, 1 of another status",
    ]


def test_a_web_archive_that_breaks_off_keeps_what_is_before(tmp_path):
    """And what is no web archive is refused."""
    whole = made.make_warc([*ANSWERS[:1], *ANSWERS[:1]])
    (tmp_path / "a.warc.gz").write_bytes(whole[: len(whole) // 2] + b"\x1f\x8b broken off")
    corpus = load_corpus(tmp_path)
    assert corpus.articles["headline"].tolist() == ["Haven dicht"]
    assert "WARC: the archive is damaged after record" in " ".join(corpus.notices["reason"])
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(b"geen archief"))
    assert load_corpus(tmp_path).articles.empty


def test_files_in_an_archive_are_read_as_in_a_folder(tmp_path):
    """Each format, under the name of the archive; hidden files and companions are passed over."""
    document = made.write_docx(tmp_path / "uni.docx", made.NEXIS_UNI).read_bytes()
    (tmp_path / "uni.docx").unlink()
    members = {
        "oogst/uni.docx": document,
        "oogst/a.txt": f"date 2020-05-01\n\n{STORY}".encode(),
        "oogst/t.csv": f"text,date\n{STORY} En meer.,2020\n".encode(),
        "__MACOSX/oogst/._a.txt": b"x",
        "README.md": b"x",
    }
    made.write_zip(tmp_path / "bundel.zip", members)
    corpus = load_corpus(tmp_path)
    assert corpus.articles["article_id"].tolist() == [
        "bundel/oogst/a", "bundel/oogst/t:000002", "bundel/oogst/uni:000001", "bundel/oogst/uni:000003",
    ]  # fmt: skip
    assert corpus.articles["source_file"].str.contains("bundel.zip/oogst/").all()
    assert not any(tmp_path.glob("oogst*"))


def test_names_that_lead_out_and_archives_in_archives_are_refused(tmp_path):
    """Each costs itself; nothing is written where the archive says."""
    folder = tmp_path / "in"
    folder.mkdir()
    members = {
        "../../weg.txt": b"x", "/elders/weg.txt": b"x", "C:\\weg.txt": b"x", "..\\weg.txt": b"x",
        "diep.zip": b"PK", "los.exe": b"x", "goed.txt": STORY.encode(),
    }  # fmt: skip
    made.write_zip(folder / "a.zip", members)
    corpus = load_corpus(folder)
    assert corpus.articles["article_id"].tolist() == ["a/goed"]
    assert sorted(corpus.notices.loc[corpus.notices["notice"] == "refused", "reason"]) == [
        "an archive in an archive is not opened",
        "files that end in .exe are not read",
        *["its name leads out of the archive"] * 4,
    ]
    assert [path.name for path in tmp_path.rglob("weg*")] == []


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path):
    """Before anything of it is unpacked; other files are read."""
    made.write_zip(tmp_path / "bom.zip", {"a.txt": b"0" * 25_000_000})
    (tmp_path / "leeg.zip").write_bytes(b"")
    made.write_zip(tmp_path / "kaal.zip", {"README": b"x"})
    (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert corpus.articles["article_id"].tolist() == ["b"]
    told = {
        name.rpartition("/")[2]: reason
        for name, reason in zip(corpus.notices["source_file"], corpus.notices["reason"], strict=True)
    }
    assert told["bom.zip"] == "the archive would unpack to 25 million bytes in 1 parts"
    assert told["leeg.zip"] == "the file is no zip archive or is damaged"
    assert told["kaal.zip"] == "the archive holds no articles"


def test_a_damaged_or_locked_member_costs_itself(tmp_path):
    """The others in the archive are read."""
    path = made.write_zip(
        tmp_path / "a.zip", {"a.txt": STORY.encode(), "b.txt": b"Heel iets anders staat er in dit bestand."}
    )
    data = bytearray(path.read_bytes())
    data[40] ^= 0xFF  # in the packed bytes of the first
    path.write_bytes(data)
    corpus = load_corpus(tmp_path)
    assert corpus.articles["article_id"].tolist() == ["a/b"]
    assert corpus.notices.loc[corpus.notices["notice"] == "refused", "reason"].str.startswith(
        "it is damaged"
    ).tolist() == [True]
    locked = bytes(data).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    path.write_bytes(locked)
    refused = load_corpus(tmp_path).notices["reason"]
    assert (refused == "it is locked with a password").sum() == 2
