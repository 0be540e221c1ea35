"""The model's evaluations: one row per mention, the words that carry it, and who is credited with it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.codebook import Actor, Codebook, Wording
from analysis.coding.evaluations import code_evaluations
from analysis.coding.evaluations_words import CONTEXT
from analysis.coding.mentions import find_mentions
from analysis.coding.quotes import find_quotes
from analysis.reading import load_reading_model, read_articles
from analysis.reading.model import ReadingModel
from analysis.reading.model_loading import reading_model_path

TINY = Path(__file__).parent / "gold" / "tiny-model.npz"
BOOK = Codebook(
    name="test",
    actors={
        name.lower(): Actor(name.lower(), {"nl": name}, "person", wording={
            "nl": Wording(names=(name,)), "en": Wording(names=(name,)),
        })
        for name in ("Jansen", "Bakker")
    },
)  # fmt: skip
WEIGHTS = {"corrupte": -0.5, "corrupt": -0.5, "laf": -0.2, "held": 0.5, "blunder": -0.04}


class Known:
    """A model whose tone is the sum of known words, the same for every target; it remembers what it was asked."""

    def __init__(self, weights: dict[str, float] = WEIGHTS) -> None:
        self.weights = weights
        self.asked: list[tuple[str, str]] = []

    def tone(self, texts, spans, languages=None):  # noqa: ARG002
        """Probabilities that differ by the sum of the words."""
        self.asked += [(text, text[slice(*span)]) for text, span in zip(texts, spans, strict=True)]
        sums = [sum(self.weights.get(word, 0.0) for word in re.findall(r"\w+", text)) for text in texts]
        return np.array([[max(-s, 0.0), 1 - abs(s), max(s, 0.0)] for s in np.clip(sums, -1, 1)])


def code(articles: pd.DataFrame, model=None, **options) -> pd.DataFrame:
    """Evaluations of the model, read by rules."""
    reading = read_articles(articles, reading="rules")
    mentions = find_mentions(reading, BOOK)
    return code_evaluations(reading, mentions, find_quotes(reading, mentions), model=model or Known(), **options)


def judge(articles: pd.DataFrame) -> list[tuple]:
    """Source, target, polarity and cues of each row."""
    return [
        (r.source_id, r.target_id, r.polarity, None if pd.isna(r.cues) else r.cues) for r in code(articles).itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De corrupte Jansen vertrok.", [("author", "jansen", -0.5, "corrupte:-0.50")]),
        ("Jansen zweeg gisteren.", [("author", "jansen", 0.0, None)]),
        ("Jansen beging een blunder.", [("author", "jansen", -0.04, None)]),
        ("Jansen is laf en corrupt.", [("author", "jansen", -0.7, "corrupt:-0.50")]),
        ("De laffe Jansen is een held in Zwolle.", [("author", "jansen", 0.5, "held:+0.50")]),
        ("‘Bakker is corrupt’, zei Jansen.", [("jansen", "bakker", -0.5, "corrupt:-0.50"),
                                              ("author", "jansen", -0.5, "corrupt:-0.50")]),
        ("Jansen noemde Bakker ‘corrupt’.", [("author", "jansen", -0.5, "corrupt:-0.50"),
                                             ("jansen", "bakker", -0.5, "corrupt:-0.50")]),
        ("‘Ik, Jansen, ben corrupt’, zei Jansen.", [("jansen", "jansen", -0.5, "corrupt:-0.50"),
                                                     ("author", "jansen", -0.5, "corrupt:-0.50")]),
        ("‘Bakker is een held en corrupt.’", [("unnamed", "bakker", 0.0, None)]),
        ("‘Bakker is een corrupte man geweest.’", [("unnamed", "bakker", -0.5, "corrupte:-0.50")]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_a_sentence_gives_these_rows(make_articles, text, expected):
    """Every mention has a row; only a clear one has words; a speaker is not judged by the own quote."""
    assert judge(make_articles(text)) == expected


def test_without_tags_short_words_are_not_weighed(make_articles):
    """`laf` has three letters: rules cannot tell it from a function word, so it carries nothing."""
    ((_, _, polarity, cues),) = judge(make_articles("Jansen is laf en laf."))
    assert (polarity, cues) == (-0.4, None)


def test_the_tags_say_what_is_weighed(make_articles):
    """With tags, every content word outside the mention and no other."""
    articles = make_articles("De laf Jansen zei niets.")
    reading = read_articles(articles, reading="rules")
    for token, tag in zip(reading.docs["a1"], ["DET", "ADJ", "PROPN", "VERB", "PRON", "PUNCT"], strict=True):
        token.pos_ = tag
    mentions = find_mentions(reading, BOOK)
    row = code_evaluations(
        reading, mentions, find_quotes(reading, mentions), model=Known({"laf": -0.3, "De": -0.2})
    ).iloc[0]
    assert (row["cues"], row["polarity"]) == ("laf:-0.30", -0.5)


def test_the_mention_is_marked_in_its_own_sentence(make_articles):
    """The model sees the sentence alone, and each mention in turn."""
    model = Known()
    code(make_articles("Het regende in Zwolle. Jansen zag Bakker."), model)
    assert model.asked == [("Jansen zag Bakker.", "Jansen"), ("Jansen zag Bakker.", "Bakker")]


def test_a_very_long_sentence_is_cropped_around_the_mention(make_articles):
    """What the model cannot read is not handed to it, and no word of a text without full stops is weighed."""
    filler = "woord " * 3000
    articles = make_articles(f"{filler}corrupte Jansen {filler}vertrok.")
    model = Known()
    row = code(articles, model).iloc[0]
    assert max(len(text) for text, _ in model.asked) <= 2 * CONTEXT + 6
    assert {target for _, target in model.asked} == {"Jansen"}
    assert len(model.asked) == 1
    assert pd.isna(row["cue_start"])
    row = code(make_articles(f"{filler[:600]}corrupte Jansen {filler[:300]}vertrok."), Known()).iloc[0]
    assert row["cues"] == "corrupte:-0.50"


def test_at_most_five_words_are_named_and_the_strongest_is_the_cue(make_articles):
    """Six words carry it; the weakest is not named, the words stand in the order of the text."""
    words = ["alfa", "beta", "gamma", "delta", "epsilon", "zeta"]
    weights = {word: -0.1 - number / 100 for number, word in enumerate(words)}
    row = code(make_articles(f"Jansen is {', '.join(words)}."), Known(weights)).iloc[0]
    assert [cue.split(":")[0] for cue in row["cues"].split("|")] == words[1:]
    assert (row["cue_start"], row["cue_end"]) == (45, 49)


def test_negation_and_hedge_of_the_cues_clause_are_noted_and_change_no_number(make_articles):
    """`niet` before the word, `zou` in its clause; not those of another clause."""
    rows = code(
        make_articles(
            "Jansen is niet corrupt.", "Jansen zou corrupt zijn.", "Jansen is corrupt, maar Bakker zou niet komen."
        )
    )
    assert rows["polarity"].tolist() == [-0.5] * 4
    assert rows["negated"].tolist() == [True, False, False, False]
    assert rows["hedged"].tolist() == [False, True, False, False]


def test_other_languages_and_captions_are_left_out(make_articles):
    """German is not judged and needs no model; a caption only when asked."""
    assert code(make_articles("Jansen ist korrupt.", language="de")).empty
    articles = make_articles("De corrupte Jansen verlaat het stadhuis. Beeld ANP\n\nHet regende. De markt was open.")
    assert code(articles).empty
    assert code(articles, captions=True)["target_id"].tolist() == ["jansen"]


def test_chunks_change_no_row(make_articles, monkeypatch):
    """Mentions are judged in portions; nobody can tell."""
    articles = make_articles("De corrupte Jansen zag Bakker.", "Bakker is een held.", "Jansen zweeg.")
    together = code(articles)
    monkeypatch.setattr("analysis.coding.evaluations_model.MENTIONS_AT_ONCE", 1)
    pd.testing.assert_frame_equal(code(articles), together)
    assert together["evaluation_id"].tolist() == [
        "a1:e00001.model", "a1:e00002.model", "a2:e00001.model", "a3:e00001.model",
    ]  # fmt: skip


def test_probabilities_are_rounded_and_polarity_is_their_difference(make_articles):
    """On the tiny model, whose numbers mean nothing: the same alone and in company."""
    tiny = ReadingModel.load(TINY, n_threads=1)
    texts = ["Jansen van Ajax wint.", "De premier prijst Bakker en Jansen.", "‘Bakker verloor’, zei Jansen."]
    rows = code(make_articles(*texts), tiny)
    columns = ["p_negative", "p_neutral", "p_positive", "polarity"]
    assert len(rows) == len(find_mentions(read_articles(make_articles(*texts), reading="rules"), BOOK)) > 4
    assert (rows[columns].round(4) == rows[columns]).all(axis=None)
    assert ((rows["p_positive"] - rows["p_negative"]).round(4) == rows["polarity"]).all()
    alone = code(make_articles(texts[0]), tiny)
    assert alone[columns].iloc[0].tolist() == rows[columns].iloc[0].tolist()


@pytest.mark.skipif(not reading_model_path().is_file(), reason="the reading model is not in data/models")
@pytest.mark.parametrize(
    ("text", "language", "target", "label"),
    [
        ("De corrupte Jansen vertrok.", "nl", "jansen", "negative"),
        ("‘Bakker is een leugenaar en een oplichter’, zei Jansen.", "nl", "bakker", "negative"),
        ("‘Bakker is een leugenaar en een oplichter’, zei Jansen.", "nl", "jansen", "neutral"),
        ("Jansen noemde Bakker ‘een held’.", "nl", "bakker", "positive"),
        ("Jansen vergaderde dinsdag met Bakker in Zwolle.", "nl", "bakker", "neutral"),
        ("Jansen is a brilliant and courageous leader.", "en", "jansen", "positive"),
        ("Jansen is a disgrace and a liar.", "en", "jansen", "negative"),
        ("Jansen met Bakker on Tuesday in Zwolle.", "en", "jansen", "neutral"),
    ],
)
def test_plain_sentences_get_the_label_anyone_would_give(make_articles, text, language, target, label):
    """The shipped weights, where they are: the likeliest label, and the same target in another role another one."""
    rows = code(make_articles(text, language=language), load_reading_model().at_precision("fast")).set_index(
        "target_id"
    )
    assert rows.loc[target, ["p_negative", "p_neutral", "p_positive"]].astype(float).idxmax() == f"p_{label}"
