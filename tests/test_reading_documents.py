"""Articles read: the table of sentences, the Docs, and the seed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis import paths
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import make_table
from analysis.corpus import load_articles
from analysis.reading import Reading, read_articles, read_sentences

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
SENTENCES = [
    "De man liep weg.",
    "‘Nee’, zei mr. Jansen.",
    "Waarom (Trump, red.) dan?",
    "Kop zonder punt",
    "De poort. Beeld AP",
]
TEXTS = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=5
).map("\n\n".join)


def _articles(texts: list[str]) -> pd.DataFrame:
    fixed = dict.fromkeys(("outlet", "published", "published_precision", "headline", "duplicate_of"))
    rows = [
        {**fixed, "article_id": f"a{number}", "text": text, "language": "nl", "source_file": "f.txt", "n_words": 1}
        for number, text in enumerate(texts)
    ]
    return make_table("articles", rows)


def _assert_sound(reading: Reading) -> None:
    for article in reading.articles.to_dict("records"):
        text = article["text"]
        rows = reading.sentences[reading.sentences["article_id"] == article["article_id"]]
        doc = reading.docs[article["article_id"]]
        assert doc.text == text
        assert [text[start:end] for start, end in zip(rows["start"], rows["end"], strict=True)] == rows["text"].tolist()
        covered = {place for start, end in zip(rows["start"], rows["end"], strict=True) for place in range(start, end)}
        assert covered >= {place for place, character in enumerate(text) if not character.isspace()}
        assert (rows["start"].to_numpy()[1:] >= rows["end"].to_numpy()[:-1]).all()
        starts = [sentence.start_char for sentence in doc.sents if sentence.text.strip()]
        if text == text.lstrip():
            assert starts == rows["start"].tolist()


def test_sentences_of_a_small_article(make_articles: Callable[..., pd.DataFrame]) -> None:
    """Literal rows: headline, caption, lead and body, with offsets and paragraphs."""
    text = "Menigte bestormt poort\n\nDe poort. Beeld EPA\n\nHet was onrustig in de stad. ‘Nee!’ riep men.\n\nToen werd het stil."
    sentences = read_sentences(make_articles(text))
    assert sentences[["start", "end", "paragraph", "part", "text"]].to_numpy().tolist() == [
        [0, 22, 0, "headline", "Menigte bestormt poort"],
        [24, 33, 1, "caption", "De poort."],
        [34, 43, 1, "caption", "Beeld EPA"],
        [45, 73, 2, "lead", "Het was onrustig in de stad."],
        [74, 90, 2, "lead", "‘Nee!’ riep men."],
        [92, 111, 3, "body", "Toen werd het stil."],
    ]


def test_seed_reads_as_a_reader_would() -> None:
    """The article the study starts from: thirty sentences, quotes of several sentences split, asides not."""
    reading = read_articles(load_articles(paths.SEEDS), reading="rules")
    _assert_sound(reading)
    sentences = reading.sentences
    assert len(sentences) == 30
    assert sentences["part"].value_counts().to_dict() == {"body": 23, "caption": 4, "lead": 3}
    found = sentences["text"].tolist()
    assert found[6] == "‘Nee, nee, Amerika."
    assert found[7].startswith("Nee, nee, Trump’, scandeerde de menigte terwijl")
    assert found[18:21] == [
        "Ze zullen een zware prijs betalen.",
        "Dit is geen waarschuwing; het is een bedreiging.",
        "Gelukkig Nieuwjaar’, aldus Trump.",
    ]
    assert found[24] == "‘Opnieuw geeft die man (Trump, red.) Iran de schuld van de aanvallen."
    assert found[26].endswith("in Irak en andere landen.’")


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_reading_is_sound_and_does_not_depend_on_company(texts: list[str]) -> None:
    """Offsets hold, nothing is lost, and articles read apart, together or shuffled give the same rows."""
    articles = _articles(texts)
    together = read_articles(articles, reading="rules")
    _assert_sound(together)
    apart = [read_sentences(articles.iloc[[position]]) for position in range(len(articles))]
    assert_frame_equal(make_table("sentences", pd.concat(apart)), together.sentences)
    assert_frame_equal(read_sentences(articles.iloc[::-1]), together.sentences)


@settings(max_examples=80, deadline=None)
@given(st.text(min_size=1, max_size=120).filter(lambda text: bool(text.strip())))
def test_reading_is_sound_on_any_text(text: str) -> None:
    """Offsets and coverage hold for text of any script and any mess."""
    _assert_sound(read_articles(_articles([text]), reading="rules"))


@pytest.mark.parametrize(
    "text",
    [
        ("woord " * 4_000)[:20_000],
        "‘" * 300 + "Ja." + "’" * 3,
        "مرحبا بالعالم. كيف حالك؟\n\nשלום לעולם.",
        "Hij zei: ‘Nee. En toen “niets.\n\nHet ging verder.",
        "👨‍👩‍👧 juichte. 😀😀",
    ],
    ids=["long", "unbalanced", "right-to-left", "unclosed", "emoji"],
)
def test_reading_survives_bad_text(text: str) -> None:
    """One long sentence, unbalanced quotes, right-to-left text and emoji are read."""
    _assert_sound(read_articles(_articles([text]), reading="rules"))


def test_part_is_the_reading_of_those_articles() -> None:
    """A part of a reading equals reading that part."""
    articles = _articles(["Een zin. Twee.", "Drie zinnen. Ja."])
    reading = read_articles(articles, reading="rules")
    part = reading.part(["a1"])
    assert_frame_equal(part.sentences, read_sentences(articles.iloc[[1]]))
    assert list(part.docs) == ["a1"]
    with pytest.raises(KeyError, match="a9"):
        reading.part(["a9"])


def test_articles_are_not_changed_and_unknown_readings_refused() -> None:
    """The caller's table stays as it was; an unknown reading is refused before any work."""
    articles = _articles(["Een zin."])
    before = articles.copy()
    read_articles(articles, reading="rules")
    assert_frame_equal(articles, before)
    with pytest.raises(UsageError, match="installed"):
        read_articles(articles, reading="xx_unknown")


def test_the_model_reads_dutch_and_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both get trees, in one table with other languages, which get tokens; the sentences are those of the rules."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(TINY))
    articles = _articles(["\nAjax wint. De premier verloor.", "He was best. Really.", "Das ist gut."])
    articles["language"] = ["nl", "en", "de"]
    reading = read_articles(articles, reading="model")
    assert [doc.has_annotation("DEP") for doc in reading.docs.values()] == [True, True, False]
    assert_frame_equal(reading.sentences, read_sentences(articles))
    for article_id in ("a0", "a1"):
        rows = reading.sentences[reading.sentences["article_id"] == article_id]
        doc = reading.docs[article_id]
        assert [sentence.end_char for sentence in doc.sents] == rows["end"].tolist()
        assert len(doc.user_data["sentence_vectors"]) == len(rows)


def test_a_missing_model_is_said_before_any_work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the file and both remedies."""
    monkeypatch.setenv("FRAMEWIJS_MODEL", str(tmp_path / "none.npz"))
    with pytest.raises(InputError, match=r"make train.*reading='rules'"):
        read_articles(_articles([]), reading="model")


def test_no_articles_give_no_sentences() -> None:
    """An empty table is read without complaint."""
    assert read_sentences(_articles([])).empty
