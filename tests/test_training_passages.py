"""What the judging network learns from: answers for every pair, by hand-made rows."""

from __future__ import annotations

import random

from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from analysis.reading.judging.network import GROUNDS
from analysis.reading.judging.passages import AUTHOR_SOURCE, HERE, OTHER_SOURCE
from analysis.training.data import Target
from analysis.training.passages.samples import (
    DIRECTED,
    FOUND_SPEAKER,
    HEADLINE,
    MARKED,
    NEUTRAL_BY_RELATION,
    UNCLEAR,
    UNKNOWN,
    correct_mentions,
    directed_sample,
    news_samples,
    opinion_samples,
    permute_slots,
    target_sample,
)

TEXT = "Jansen loog. Bakker zei dat hij een held is. Niemand kwam."
TOKENIZER = Tokenizer(WordLevel({"<unk>": 0}, "<unk>"))
TOKENIZER.pre_tokenizer = Whitespace()
NEWS = {
    "id": "x01", "language": "nl", "part": "network", "scheme": "news", "text": TEXT, "actors": ["jansen", "bakker"],
    "tone": {"jansen": -1, "bakker": 0}, "marks": [[28, 31, "jansen"]],
    "sentences": [[0, 0, 12], [1, 13, 44], [2, 45, 58]],
    "mentions": [[0, 6, "jansen"], [13, 19, "bakker"], [28, 31, "bakker"], [45, 52, "unlisted:niemand"]],
    "quotes": [[28, 43, False, "bakker"]],
    "gold": [
        {"sentence": 0, "target": "jansen", "source": "author", "sign": -1, "clear": True, "ground": "deed", "mood": "none",
         "words": [7, 11]},
        {"sentence": 1, "target": "jansen", "source": "bakker", "sign": 1, "clear": False, "ground": "word", "mood": "hedged",
         "words": [36, 40]},
    ],
}  # fmt: skip


def answers_of(sample):
    """Answers by sentence and actor."""
    pairs = zip(sample.passage.pairs, sample.answers, strict=True)
    return {(pair.sentence, sample.passage.actors[pair.actor]): answer for pair, answer in pairs}


def test_every_coded_actor_has_an_answer_near_every_sentence():
    """A judgement's sign, weight, source, words and ground; neutral elsewhere; actors that gold does not know are not asked."""
    (sample,) = news_samples(NEWS, TOKENIZER)
    found = answers_of(sample)
    assert set(found) == {(s, a) for s in range(3) for a in ("jansen", "bakker")}
    lied = found[0, "jansen"]
    assert (lied.sign, lied.weight, lied.sources, lied.words) == (-1, 1.0, [AUTHOR_SOURCE], [2])
    assert GROUNDS[lied.ground] == "deed"
    hero = found[1, "jansen"]
    assert (hero.sign, hero.weight) == (1, UNCLEAR)
    assert sample.passage.actors[hero.sources[0] - 2] == "bakker"
    assert (found[1, "bakker"].sign, found[1, "bakker"].weight) == (0, 1.0)
    assert (found[2, "bakker"].sign, found[2, "bakker"].weight) == (0, NEUTRAL_BY_RELATION[1])
    assert sample.tones == [-1, 0, UNKNOWN]


def test_marks_set_mentions_right():
    """The pronoun was given to Bakker; corrected, Jansen is mentioned in the sentence."""
    assert [m.actor_id for m in sorted(correct_mentions(NEWS))] == ["jansen", "bakker", "jansen", "unlisted:niemand"]
    (sample,) = news_samples(NEWS, TOKENIZER, corrected=True)
    pair = next(p for p in sample.passage.pairs if p.sentence == 1 and sample.passage.actors[p.actor] == "jansen")
    assert pair.relation == HERE


def test_whom_a_place_means_is_asked_where_the_slots_do_not_tell():
    """A mark that the mentions get wrong, and mentions that are hidden; never the last mention of an actor."""
    (sample,) = news_samples(NEWS, TOKENIZER, generator=random.Random(1))  # noqa: S311  a draw, no secret
    assert sample.meant == [([7], 1, sample.passage.actors.index("jansen"))]
    twice = NEWS | {"mentions": [*NEWS["mentions"][:2], [28, 31, "jansen"]]}
    hidden = 0
    for seed in range(40):
        (sample,) = news_samples(twice, TOKENIZER, generator=random.Random(seed))  # noqa: S311
        assert set(sample.passage.actors) == {"jansen", "bakker"}
        for pieces, sentence, actor in sample.meant:
            hidden += 1
            assert (pieces, sentence, sample.passage.actors[actor]) in (([7], 1, "jansen"), ([1], 0, "jansen"))
            assert all(sample.passage.slots[piece] == 0 for piece in pieces)
    assert 0 < hidden < 40


def test_whose_a_quote_is_is_told_by_its_judging_words_or_else_by_the_rules():
    """Gold counts in full, what the rules found for less."""
    (sample,) = news_samples(NEWS, TOKENIZER)
    ((_, _, _, candidates, weight),) = sample.speakers
    assert (sample.passage.actors[candidates[0] - 2], weight) == ("bakker", 1.0)
    (sample,) = news_samples(NEWS | {"gold": []}, TOKENIZER)
    assert sample.speakers[0][4] == FOUND_SPEAKER


def test_a_text_coded_in_full_is_one_sentence():
    """Targets and sources that the program misses become mentions; rows of one coding count for less."""
    row = {
        "id": "o1", "language": "nl", "text": "Jansen noemt hem laf, critici ook.", "sentences": [[0, 0, 34]],
        "mentions": [[0, 6, "unlisted:jansen"]], "quotes": [],
        "gold": [
            {"source": [0, 6], "target": [13, 16], "label": -1, "words": [17, 20], "both": True, "both_sign": True},
            {"source": "unnamed", "target": [13, 16], "label": -1, "words": [17, 20], "both": False, "both_sign": False},
        ],
    }  # fmt: skip
    (sample,) = opinion_samples(row, TOKENIZER)
    found = answers_of(sample)
    assert set(found) == {(0, "unlisted:jansen"), (0, "gold:13")}
    him = found[0, "gold:13"]
    assert (him.sign, him.weight, him.sources) == (-1, 1.0, [2])
    assert found[0, "unlisted:jansen"].sign == 0
    only = row | {"gold": row["gold"][1:]}
    him = answers_of(next(opinion_samples(only, TOKENIZER)))[0, "gold:13"]
    assert (him.weight, him.sources) == (UNCLEAR, [OTHER_SOURCE])


def test_marked_targets_and_headlines_have_schemes_of_their_own():
    """One question; a headline has no mark."""
    target = Target("Jansen faalt.", 0, 6, -1, "madtsc_nl")
    marked, headline = (target_sample(target, TOKENIZER, is_headline=flag) for flag in (False, True))
    assert (marked.scheme, headline.scheme) == (MARKED, HEADLINE)
    assert (marked.passage.slots, headline.passage.slots) == ([0, 1, 0, 0, 0], [0] * 5)
    assert marked.passage.pairs[0].pieces == (1,) and len(headline.passage.pairs[0].pieces) == 3


def test_a_directed_row_asks_about_its_target():
    """The source is a candidate, and no question."""
    row = {"text": "Jansen prijst Bakker.", "source": [0, 6], "target": [14, 20], "label": 1}
    sample = directed_sample(row, TOKENIZER, "nl")
    ((pair, answer),) = zip(sample.passage.pairs, sample.answers, strict=True)
    assert (sample.scheme, sample.passage.actors[pair.actor], answer.sign) == (DIRECTED, "target", 1)
    assert sample.passage.actors[answer.sources[0] - 2] == "source"
    assert directed_sample(row | {"target": [0, 6]}, TOKENIZER, "nl") is None


def test_slots_are_renumbered_together():
    """Mentions and speakers of one actor keep one number; nobody keeps none."""
    (sample,) = news_samples(NEWS, TOKENIZER)
    slots, speakers = permute_slots(sample.passage, random.Random(3), 24)  # noqa: S311  a draw, no secret
    renamed = dict(zip(sample.passage.slots, slots, strict=True))
    assert renamed[0] == 0 and len(set(renamed.values())) == len(renamed)
    assert [renamed.get(slot, 0) for slot in sample.passage.speakers] == speakers
