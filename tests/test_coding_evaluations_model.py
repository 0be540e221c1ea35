"""The model's evaluations: one row per sentence and actor, whose it is, the words that carry it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from analysis.codebook.load import Actor, Codebook, Wording
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.evaluations.code import code_evaluations, judge_articles
from analysis.coding.evaluations.network import to_polarity
from analysis.coding.quotes.find import find_quotes
from analysis.reading import load_reading_model, read_articles
from analysis.reading.judging.network import MOODS, Judged
from analysis.reading.judging.passages import HERE
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
WEIGHTS = {"corrupte": -0.9, "corrupt": -0.9, "laf": -0.2, "held": 0.8, "zou": 0.0}


class Known:
    """A network whose tone of every actor of a sentence is the sum of known words there, by whoever speaks them."""

    def __init__(self, speaker: float = 0.0) -> None:
        self.speaker = speaker
        self.words = ["<s>", "<pad>", "</s>", "<unk>", *WEIGHTS]
        self.tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(self.words)}, "<unk>"))
        self.tokenizer.pre_tokenizer = Whitespace()
        self.judging = SimpleNamespace(
            thresholds={"nl": 0.5, "en": 0.5}, sure_of_speaker={"first": 0.5, "other": 0.9}, judge=self.judge
        )
        self.asked: list[int] = []

    def at_precision(self, precision: str) -> Known:  # noqa: ARG002
        """Itself."""
        return self

    def judge(self, passages):
        """Sums of words, the words' shares, and the speaker of the strongest."""
        self.asked.append(len(passages))
        return [self.answer(passage) for passage in passages]

    def answer(self, passage) -> Judged:
        """One passage."""
        tones, sources, words, moods = [], [], [], []
        for pair in passage.pairs:
            _, first, last, _ = passage.sentences[pair.sentence]
            found = np.array([WEIGHTS.get(self.words[piece], 0.0) for piece in passage.ids])
            found[:first], found[last:] = 0, 0
            total = float(np.clip(found.sum(), -1, 1)) if pair.relation == HERE or found.sum() < 0 else 0.0
            tones.append([max(-total, 0), 1 - abs(total), max(total, 0)])
            strongest = int(np.abs(found).argmax())
            speaker = next((quote[2] for quote in passage.quotes if quote[0] <= strongest < quote[1]), None)
            chances = np.zeros(2 + len(passage.actors))
            chances[0 if speaker is None else 1 if speaker < 0 else 2 + speaker] = 1
            sources.append(chances)
            words.append(np.abs(found) / max(np.abs(found).sum(), 1e-9))
            is_hedged = "zou" in [self.words[piece] for piece in passage.ids[first:last]]
            moods.append(MOODS.index("hedged") if is_hedged else 0)
        return Judged(
            np.array(tones).reshape(-1, 3),
            sources,
            np.array(words),
            np.zeros(len(tones), int),
            np.array(moods, int),
            [np.array([0.0, 0.0, self.speaker]) for _ in passage.quotes if self.speaker]
            or [np.zeros(0)] * len(passage.quotes),
        )


def code(articles: pd.DataFrame, model=None, **options) -> pd.DataFrame:
    """Evaluations of the model, read by rules."""
    reading = read_articles(articles, reading="rules")
    mentions = find_all_mentions(reading, BOOK)
    return code_evaluations(reading, mentions, find_quotes(reading, mentions), model=model or Known(), **options)


def judge(articles: pd.DataFrame) -> list[tuple]:
    """Source, target, polarity and cues of each row."""
    return [
        (r.source_id, r.target_id, r.polarity, None if pd.isna(r.cues) else r.cues) for r in code(articles).itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De corrupte Jansen vertrok.", [("author", "jansen", -0.85, "corrupte:-1.00")]),
        ("Jansen zweeg gisteren.", [("author", "jansen", 0.0, None)]),
        ("Jansen is laf.", [("author", "jansen", -0.1, None)]),
        ("‘Bakker is corrupt’, zei Jansen.", [("jansen", "bakker", -0.85, "corrupt:-1.00"),
                                              ("jansen", "jansen", -0.85, "corrupt:-1.00")]),
        ("‘Bakker is een held’, zei een ander.", [("unnamed", "bakker", 0.7, "held:+1.00")]),
        ("‘Bakker komt’, zei Jansen.", [("jansen", "bakker", 0.0, None), ("author", "jansen", 0.0, None)]),
        ("Jansen zag Jansen en de corrupte Bakker.", [("author", "jansen", -0.85, "corrupte:-1.00"),
                                                      ("author", "bakker", -0.85, "corrupte:-1.00")]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_a_sentence_gives_these_rows(make_articles, text, expected):
    """Every actor of a sentence has one row; only a clear one has words; of the others whoever speaks is the source."""
    assert judge(make_articles(text)) == expected


def test_who_is_judged_without_being_mentioned_has_a_row_with_the_mention_nearby(make_articles):
    """A sentence without a name, judged by the network, however far off."""
    rows = code(make_articles("Jansen kwam. Dat was corrupt. Het regende. Het waaide. Dat was corrupt."))
    found = rows[["sentence_id", "target_id", "target_mention_id", "polarity"]].to_numpy().tolist()
    assert found == [
        [0, "jansen", "a1:m00001", 0.0],
        [1, "jansen", "a1:m00001", -0.85],
        [4, "jansen", "a1:m00001", -0.85],
    ]


def test_what_a_judgement_rests_on_and_how_it_is_said(make_articles):
    """Ground, mood, the probability of the source, and the stretch of words."""
    row = code(make_articles("Jansen zou corrupt zijn.")).iloc[0]
    assert (row["ground"], row["hedged"], row["negated"], row["p_source"]) == ("word", True, False, 1.0)
    assert (row["cue_start"], row["cue_end"]) == (11, 18)
    neutral = code(make_articles("Jansen kwam.")).iloc[0]
    assert neutral["ground"] == "none"
    assert pd.isna(neutral["p_source"]) and pd.isna(neutral["cue_start"])


@pytest.mark.parametrize(
    ("text", "chance", "speaker"),
    [
        ("‘Het gaat mis’, zei een ander. Jansen kwam.", 0.6, "jansen"),
        ("‘Het gaat mis’, zei een ander. Jansen kwam.", 0.4, ""),
        ("Bakker zweeg. ‘Het gaat mis’, zei Jansen.", 0.8, "jansen"),
        ("Bakker zweeg. ‘Het gaat mis’, zei Jansen.", 0.95, "bakker"),
    ],
)
def test_a_speaker_stands_where_the_network_is_sure(make_articles, text, chance, speaker):
    """Sooner where nobody was found than instead of somebody; the first actor of the passage is its answer."""
    reading = read_articles(make_articles(text), reading="rules")
    mentions = find_all_mentions(reading, BOOK)
    _, quotes = judge_articles(reading, mentions, find_quotes(reading, mentions), model=Known(chance))
    assert quotes["source_id"].fillna("").tolist() == [speaker]


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7])
def test_polarity_is_clear_from_the_threshold_on_and_grows_with_the_probability(threshold):
    """0.25 at the threshold, 1 where the network is sure, the sign of the likelier."""
    tones = [np.array([p, 1 - p, 0.0]) for p in (0.0, threshold - 0.01, threshold, threshold + 0.01, 1.0)]
    found = [-to_polarity(tone, threshold) for tone in tones]
    assert found == sorted(found) and found[0] == 0 and found[-1] == 1
    assert found[1] < 0.25 <= found[2]
    assert to_polarity(np.array([0.45, 0.1, 0.45]), threshold) == 0


def test_other_languages_and_captions_are_left_out(make_articles):
    """German is not judged and needs no model; a caption only when asked."""
    assert code(make_articles("Jansen ist korrupt.", language="de")).empty
    articles = make_articles("De corrupte Jansen verlaat het stadhuis. Beeld ANP\n\nHet regende. De markt was open.")
    assert code(articles).empty
    assert code(articles, captions=True)["target_id"].tolist() == ["jansen"]


def test_portions_change_no_row(make_articles, monkeypatch):
    """Articles are judged some at a time; nobody can tell."""
    articles = make_articles("De corrupte Jansen zag Bakker.", "Bakker is een held.", "Jansen zweeg.")
    model = Known()
    together = code(articles, model)
    assert model.asked == [3]
    monkeypatch.setattr("analysis.coding.evaluations.network.ARTICLES_AT_ONCE", 2)
    pd.testing.assert_frame_equal(code(articles), together)
    assert together["evaluation_id"].tolist() == [
        "a1:e00001.model", "a1:e00002.model", "a2:e00001.model", "a3:e00001.model",
    ]  # fmt: skip


def test_probabilities_are_rounded_and_the_same_in_any_company(make_articles):
    """On the tiny model, whose numbers mean nothing."""
    tiny = ReadingModel.load(TINY, n_threads=1)
    texts = ["Jansen van Ajax wint.", "De premier prijst Bakker en Jansen.", "‘Bakker verloor’, zei Jansen."]
    rows = code(make_articles(*texts), tiny)
    columns = ["p_negative", "p_neutral", "p_positive", "polarity"]
    assert len(rows) >= len(find_all_mentions(read_articles(make_articles(*texts), reading="rules"), BOOK)) > 4
    assert (rows[columns].round(4) == rows[columns]).all(axis=None)
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
    rows = code(make_articles(text, language=language), load_reading_model()).set_index("target_id")
    assert rows.loc[target, ["p_negative", "p_neutral", "p_positive"]].astype(float).idxmax() == f"p_{label}"
