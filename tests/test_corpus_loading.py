"""Articles in: the two verbs, their notices and ids."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import paths
from analysis.contracts.errors import InputError, UsageError
from analysis.corpus import load_articles, load_corpus, write_tables

TEXT = "date 2020-01-02 De regering heeft gisteren besloten om de grens te sluiten voor al het verkeer."


def _write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def _notices(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    return [(Path(note["source_file"]).name, note["notice"], note["reason"]) for note in table.to_dict("records")]


def test_seed() -> None:
    """The article the study starts from: date to the month, caption first, no headline, Dutch."""
    article = load_articles(paths.SEEDS).iloc[0].to_dict()
    assert article["text"].startswith(
        "Sjiitische demonstranten bestormen de Amerikaanse ambassade in Bagdad. Beeld EPA\n\nHun "
    )
    assert article["text"].endswith("deze week tegen persbureau Reuters.")
    assert "2020" not in article["text"]
    del article["text"]
    assert pd.isna([article.pop(name) for name in ("outlet", "headline", "duplicate_of")]).all()
    assert article == {
        "article_id": "000_0791884832e1369e",
        "published": "2020-01",
        "published_precision": "month",
        "language": "nl",
        "source_file": "seeds/000_0791884832e1369e.txt",
        "n_words": 429,
    }


def test_bad_files_get_a_notice_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Empty, binary, long, undated, repaired, duplicate, foreign: one line each, nothing else lost."""
    french = "Le gouvernement a décidé hier de fermer la frontière aux camions venant de l'est du pays."
    _write(
        tmp_path,
        goed_txt=TEXT,
        kopie_txt=TEXT.upper().replace("DATE", "date"),
        leeg_txt="",
        nul_txt=b"abc\x00def",
        pdf_txt=b"%PDF-1.4",
        lang_txt=TEXT * 100,
        latin_txt=TEXT.replace("besloten", "geëist").encode("latin-1"),
        stuk_txt=TEXT.replace("besloten", "geÃ«ist, cafÃ©"),
        los_txt=TEXT.removeprefix("date 2020-01-02 "),
        frans_txt=f"date 2020-01 {french}",
        foto_jpg=b"\xff\xd8\xff",
    )
    (tmp_path / "utf16.txt").write_bytes(TEXT.replace("grens", "poort").encode("utf-16"))
    corpus = load_corpus(tmp_path, max_characters=5_000)
    assert corpus.articles["article_id"].tolist() == ["frans", "goed", "kopie", "latin", "los", "stuk", "utf16"]
    assert _notices(corpus.notices) == [
        ("foto.jpg", "refused", "files that end in .jpg are not read"),
        ("frans.txt", "unsupported_language", "the language is fr; the coders know en and nl"),
        ("kopie.txt", "duplicate", "same text as goed"),
        ("lang.txt", "refused", "longer than 5,000 characters"),
        ("latin.txt", "repaired", "not UTF-8; read as cp1252"),
        ("leeg.txt", "refused", "the file is empty"),
        ("los.txt", "duplicate", "same text as goed"),
        ("los.txt", "undated", "no date"),
        ("nul.txt", "refused", "the file is binary: it contains NUL bytes"),
        ("pdf.txt", "refused", "the file is a PDF document, not plain text"),
        ("stuk.txt", "repaired", "text that was decoded with the wrong encoding was repaired"),
        ("utf16.txt", "repaired", "not UTF-8; read as utf-16"),
    ]
    assert corpus.notices["remedy"].str.len().min() > 0
    texts = corpus.articles.set_index("article_id")["text"]
    assert "geëist" in texts["latin"]
    assert "geëist, café" in texts["stuk"]


def test_ids_do_not_depend_on_place_order_or_company(tmp_path: Path) -> None:
    """The same folder elsewhere, or more files beside it, changes no id and no text."""
    first = _write(tmp_path / "een", a_txt=TEXT, b__a_txt=TEXT + " Ja.", c_txt=TEXT + " Nee.")
    second = shutil.copytree(first, tmp_path / "elders" / "twee")
    keep = ["article_id", "text", "published", "duplicate_of"]
    one, two = load_articles(first)[keep], load_articles(second)[keep]
    assert one["article_id"].tolist() == ["a", "b/a", "c"]
    assert_frame_equal(one, two)
    files = [first / "c.txt", first / "a.txt"]
    assert_frame_equal(load_articles(files), load_articles(files[::-1]))


def test_repeated_ids_are_told_apart(tmp_path: Path) -> None:
    """Ids used twice become unique by file and row, whatever the order, and are noted."""
    _write(
        tmp_path,
        a_csv="id,text,date\n7,Een zin.,2020\n7,Twee zinnen.,2020\n8,Drie.,2020\n",
        b_csv="id,text,date\n8,Vier.,2020\n",
    )
    _write(tmp_path / "x", a_txt="date 2020 Vijf.")
    _write(tmp_path / "y", a_txt="date 2020 Zes.")
    given = [tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "x", tmp_path / "y"]
    corpus = load_corpus(given)
    ids = sorted(corpus.articles["article_id"])
    assert ids == ["a.csv:7:2", "a.csv:7:3", "a:8", "b:8", "x/a.txt:a", "y/a.txt:a"]
    assert (corpus.notices["notice"] == "duplicate").sum() == 6
    assert set(corpus.notices["article_id"]) == set(corpus.articles["article_id"])
    assert_frame_equal(corpus.articles, load_corpus(given[::-1]).articles)


def test_table_with_headlines_dates_and_options(tmp_path: Path) -> None:
    """Headlines come first in the text; a date column goes before a date line; options fill what is missing."""
    _write(
        tmp_path,
        t_csv=(
            "kop,tekst,datum,taal\n"
            'De kop,"date 2019-05 Tekst van het bericht.",2 januari 2020,Engels\n'
            '"Zelfde kop","Zelfde kop\n\nTekst van het bericht.",03/04/2020,\n'
            ',"date 2019-05 Nog een bericht, zonder kop.",,\n'
        ),
    )
    corpus = load_corpus(tmp_path, outlet="De Krant", language="nl")
    shown = ["article_id", "outlet", "published", "headline", "text", "language"]
    assert corpus.articles[shown].fillna("").to_numpy().tolist() == [
        ["t:000002", "De Krant", "2020-01-02", "De kop", "De kop\n\nTekst van het bericht.", "en"],
        ["t:000003", "De Krant", "", "Zelfde kop", "Zelfde kop\n\nTekst van het bericht.", "nl"],
        ["t:000004", "De Krant", "2019-05", "", "Nog een bericht, zonder kop.", "nl"],
    ]
    assert _notices(corpus.notices) == [("t.csv", "undated", "the date 03/04/2020 is ambiguous: day or month first?")]
    assert corpus.notices["row"].tolist() == [3]


def test_an_order_of_dates_resolves_the_ambiguous_ones(tmp_path: Path) -> None:
    """The remedy of the notice names the option, and the option removes the notice."""
    _write(tmp_path, t_csv="tekst,datum\nEen bericht.,1/3/2026\nNog een bericht.,45000\n")
    corpus = load_corpus(tmp_path, language="nl")
    assert corpus.articles["published"].fillna("").tolist() == ["", "2023-03-15"]
    assert corpus.notices["remedy"].tolist() == [
        "Kept without a date; say which with date_order (--date-order): dmy or mdy"
    ]
    corpus = load_corpus(tmp_path, language="nl", date_order="dmy")
    assert corpus.articles["published"].tolist() == ["2026-03-01", "2023-03-15"]
    assert corpus.notices.empty
    assert load_articles(tmp_path, language="nl", date_order="mdy")["published"].iloc[0] == "2026-01-03"
    with pytest.raises(UsageError, match=r"date_order: 'ymd' is unknown\. Use dmy or mdy"):
        load_corpus(tmp_path, date_order="ymd")


def test_html_and_scripts(tmp_path: Path) -> None:
    """A page loses its tags; a script tag in prose stays text."""
    _write(
        tmp_path,
        a_html="<html><body><p>Eén zin.</p><script>x()</script></body></html>",
        b_txt="De tag <script>x()</script> bleef.",
    )
    assert load_articles(tmp_path)["text"].tolist() == ["Eén zin.", "De tag <script>x()</script> bleef."]


def test_right_to_left_text_survives(tmp_path: Path) -> None:
    """Arabic and Hebrew come through character for character."""
    text = "قال الرئيس إن «القوات» ستنسحب.\n\nשלום לכולם, אמר השר."
    _write(tmp_path, a_txt=text)
    assert load_articles(tmp_path)["text"].tolist() == [text]


def test_load_articles_raises_or_warns(tmp_path: Path) -> None:
    """Nothing loaded is an error with the first reason; something refused is one warning."""
    _write(tmp_path, leeg_txt="")
    with pytest.raises(InputError, match=r"leeg\.txt: the file is empty\. Save the article"):
        load_articles(tmp_path)
    assert load_corpus(tmp_path).articles.empty
    _write(tmp_path, a_txt=TEXT)
    with pytest.warns(UserWarning, match="1 of the files or rows were refused") as caught:
        assert len(load_articles(tmp_path)) == 1
    assert len(caught) == 1


def test_tags_alone_are_refused(tmp_path: Path) -> None:
    """A page without words is refused."""
    _write(tmp_path, a_html="<html><body><script>x()</script></body></html>")
    assert _notices(load_corpus(tmp_path).notices) == [
        ("a.html", "refused", "nothing is left of the text after cleaning")
    ]


def test_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission gets a notice."""
    _write(tmp_path, a_txt=TEXT, b_txt=TEXT)
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert _notices(load_corpus(tmp_path).notices) == [("b.txt", "refused", "the file may not be read")]


def test_unknown_language_is_a_usage_error(tmp_path: Path) -> None:
    """A language that is no code is refused before anything is read."""
    with pytest.raises(UsageError, match="language"):
        load_corpus(tmp_path, language="??")


def test_a_thousand_small_files_take_seconds(tmp_path: Path) -> None:
    """A thousand short articles load in well under the time a reader would wait."""
    for number in range(1_000):
        (tmp_path / f"{number:04d}.txt").write_text(f"{TEXT} Bericht {number} gaat over ‘de grens’.", encoding="utf-8")
    began = time.perf_counter()
    assert len(load_articles(tmp_path)) == 1_000
    assert time.perf_counter() - began < 10


def test_ids_of_files_with_one_name_do_not_tell_where_the_folders_lie(tmp_path):
    """Two folders with a file of the same name give the same ids on every machine."""
    ids = []
    for home in (tmp_path / "x", tmp_path / "somewhere" / "else"):
        for folder in ("p1", "p2"):
            (home / folder).mkdir(parents=True)
            (home / folder / "a.txt").write_text(f"De raad van {folder} kwam vandaag bijeen.", encoding="utf-8")
        ids.append(load_articles([home / "p1", home / "p2"], language="nl")["article_id"].tolist())
    assert ids[0] == ids[1] == ["p1/a.txt:a", "p2/a.txt:a"]


def test_a_row_no_file_can_hold_costs_itself_only(tmp_path):
    """Half a surrogate in an id, brackets without end and a number without end leave the other rows alone."""
    good = '{"id": "goed", "text": "De raad kwam vandaag bijeen in Zwolle."}'
    odd = '{"id": "\\ud800x", "outlet": "\\ud800", "text": "De raad ging weer uiteen in Zwolle."}'
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join([good, odd, "[" * 200_000, '{"id": ' + "9" * 5_000 + "}"]), encoding="utf-8")
    corpus = load_corpus(path, language="nl")
    assert len(corpus.articles) == 2
    assert corpus.notices.loc[corpus.notices["notice"] == "refused", "row"].tolist() == [3, 4]
    write_tables({"articles": corpus.articles}, tmp_path / "out", format="csv")
