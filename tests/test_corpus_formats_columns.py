"""Tables of Media Cloud, 4CAT, AmCAT and GDELT, told by their columns."""

from __future__ import annotations

import json

import pytest

from analysis import load_corpus
from analysis.contracts.errors import StudyError
from analysis.corpus.formats.columns import find_format, guess_columns, load_table_formats, read_seconds
from analysis.corpus.readers import COLUMNS

TEXT = "De gemeente dempt de haven. Schippers zijn boos over het besluit."
MEDIA_CLOUD = "id,indexed_date,language,media_name,media_url,publish_date,title,url,text"
TABLES = {
    "mediacloud.csv": f"{MEDIA_CLOUD}\nab12,2020-05-02,nl,De Courant,courant.example,2020-05-01,Haven dicht,http://a,{TEXT}\n",
    "explorer.csv": (
        "stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url,story_text\n"
        f"ab12,2020-05-01 10:00:00,Haven dicht,http://a,nl,False,,9,De Courant,http://courant.example,{TEXT}\n"
    ),
    "4cat.csv": (
        "thread_id,id,timestamp,author,subject,body,domain\n"
        f"t1,ab12,2020-05-01 10:00:00,Jan Jansen,Haven dicht,{TEXT},De Courant\n"
    ),
    "4cat_seconds.csv": f"id,thread_id,author,timestamp,body,subject,domain\nab12,t1,Jan,1588327200,{TEXT},Haven dicht,De Courant\n",
    "amcat4.csv": f"_id,date,publisher,title,text,url\nab12,2020-05-01T00:00:00,De Courant,Haven dicht,{TEXT},http://a\n",
    "amcat4.ndjson": json.dumps(
        {
            "_id": "ab12",
            "date": "2020-05-01T10:00:00",
            "title": "Haven dicht",
            "text": TEXT,
            "publisher": "De Courant",
            "tags": ["a"],
        }
    )
    + "\n",
    "amcat3.csv": (
        "id,date,medium,headline,byline,section,pagenr,author,text\n"
        f"ab12,2020-05-01,De Courant,Haven dicht,,Binnenland,3,Jan Jansen,{TEXT}\n"
    ),
    "gdelt.csv": (
        "url,url_mobile,title,seendate,socialimage,domain,language,sourcecountry,text\n"
        f"http://a,,Haven dicht,20200501T101500Z,,De Courant,Dutch,Netherlands,{TEXT}\n"
    ),
}
"""The same article in the table of each tool; where the tool gives no texts, someone added them."""


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_of_a_tool_are_known(tmp_path, name):
    """Headline, outlet, date, id and language come from its own columns, without a mapping."""
    (tmp_path / name).write_text(TABLES[name], encoding="utf-8")
    corpus = load_corpus(tmp_path)
    (article,) = corpus.articles.to_dict("records")
    found = [article[field] for field in ("headline", "outlet", "published", "language", "text")]
    assert found == ["Haven dicht", "De Courant", "2020-05-01", "nl", f"Haven dicht\n\n{TEXT}"]
    assert article["article_id"] == ("gdelt:000002" if name == "gdelt.csv" else "ab12")
    assert corpus.notices.empty


@pytest.mark.parametrize(
    ("table", "tool"),
    [
        ("url,media_name,media_url,publish_date,title\na,b,c,2020-05-01,Haven dicht\n", "Media Cloud"),
        ("URL,MobileURL,Date,Title\na,,2020-05-01 10:00:00,Haven dicht\n", "GDELT"),
        ("_id,date,title\nab12,2020-05-01,Haven dicht\n", "AmCAT"),
    ],
)
def test_a_list_without_texts_says_what_to_do(tmp_path, table, tool):
    """The message names the tool and the field; headlines alone can be asked for."""
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    (refused,) = load_corpus(tmp_path).notices.to_dict("records")
    assert refused["reason"] == f"{tool}: no column holds field text"
    assert refused["remedy"]
    column = "Title" if tool == "GDELT" else "title"
    (article,) = load_corpus(tmp_path, columns={"text": column}).articles.to_dict("records")
    assert (article["text"], article["published"]) == ("Haven dicht", "2020-05-01")


def test_a_shape_that_is_off_names_tool_article_and_field(tmp_path):
    """An empty text costs its row; a missing column costs its field, and both are said."""
    table = f"id,media_name,media_url,publish_date,text\nab12,De Courant,c,2020-05-01,{TEXT}\ncd34,De Courant,c,2020-05-01,\n"
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert corpus.articles["article_id"].tolist() == ["ab12"]
    assert sorted(corpus.notices["reason"]) == [
        "Media Cloud, article cd34, field text: the row has no text",
        "Media Cloud: no column title, field headline",
    ]


def test_a_mapping_goes_before_what_is_known_of_a_tool(tmp_path):
    """And a column that it names wrongly is an error, as for any table."""
    (tmp_path / "a.csv").write_text(TABLES["4cat.csv"], encoding="utf-8")
    assert load_corpus(tmp_path, columns={"outlet": "author"}).articles["outlet"].tolist() == ["Jan Jansen"]
    with pytest.raises(StudyError, match="no column weg"):
        load_corpus(tmp_path, columns={"outlet": "weg"})


def test_formats_are_data():
    """Each names columns for fields that there are, and is told from the usual columns of a table."""
    for form in load_table_formats():
        assert set(form.columns) <= set(COLUMNS)
        assert set(form.expected) <= set(form.columns)
        assert form.no_text
        assert all(marks == {mark.lower() for mark in marks} for marks in form.recognised_by)
    assert find_format(["id", "title", "text", "date", "outlet"]) is None
    assert guess_columns(["id", "Tekst"]) == {"text": "Tekst", "article_id": "id"}


@pytest.mark.parametrize(
    ("cell", "expected"), [(1588327200, "2020-05-01"), ("20200501", "20200501"), (True, True), (None, None)]
)
def test_seconds_are_days(cell, expected):
    """A day of eight digits is none of them."""
    assert read_seconds(cell) == expected
