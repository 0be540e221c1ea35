"""Passages: what is cut where, which actor is asked about in which sentence, who may have said it."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading.judging.passages import (
    DIRECT,
    HERE,
    LEAD,
    MAX_PIECES,
    N_FEATURES,
    N_SLOTS,
    REPORTED,
    Material,
    Mention,
    Quote,
    Sentence,
    cut_passages,
    describe_sources,
    slots_of,
)


def make(text: str, mentions: dict[str, str] | None = None, quotes: tuple[tuple[str, bool, str], ...] = ()) -> Material:
    """A text whose words are its pieces and whose sentences end with a full stop; mentions by word."""
    words = list(re.finditer(r"\w+|[^\w\s]", text))
    ends = [match.end() for match in re.finditer(r"\.", text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    found = [
        Mention(match.start(), match.end(), (mentions or {})[match[0]])
        for match in words
        if match[0] in (mentions or {})
    ]
    said = [Quote(text.index(words), text.index(words) + len(words), direct, who) for words, direct, who in quotes]
    return Material(
        [10 + n for n in range(len(words))], [match.span() for match in words],
        [Sentence(n, a, b) for n, (a, b) in enumerate(zip(starts, ends, strict=True))], found, said,
    )  # fmt: skip


ACTORS = {"Jansen": "jansen", "Bakker": "bakker", "hij": "jansen"}


def test_every_actor_of_a_passage_is_asked_about_in_every_sentence():
    """With how far off the nearest mention stands."""
    (passage,) = cut_passages(make("Een. Twee. Jansen kwam. Vier. Vijf. Zes. Zeven. Acht. Negen.", ACTORS))
    assert passage.pieces == list(range(19))
    assert [pair.sentence for pair in passage.pairs] == list(range(9))
    assert [pair.relation for pair in passage.pairs] == [6, 5, HERE, 1, 2, 3, 3, 3, 4]
    assert {pair.pieces for pair in passage.pairs} == {(5,)}


def test_all_mentions_of_an_actor_in_a_sentence_belong_to_one_question():
    """A pronoun has the slot of its antecedent."""
    (passage,) = cut_passages(make("Jansen zei dat hij Bakker zag.", ACTORS))
    assert [(passage.actors[pair.actor], pair.pieces) for pair in passage.pairs] == [
        ("jansen", (1, 4)),
        ("bakker", (5,)),
    ]
    assert passage.slots == [0, 1, 0, 0, 1, 2, 0, 0, 0]


def test_speech_and_its_speaker_are_marked_the_innermost_last():
    """Direct and reported, the speaker's slot, none where nobody is known."""
    text = "Jansen zei dat Bakker riep kom hier. Weg zei iemand."
    quotes = (("Bakker riep kom hier", False, "jansen"), ("kom hier", True, "bakker"), ("Weg", True, ""))
    (passage,) = cut_passages(make(text, ACTORS, quotes))
    assert passage.speech[1:-1] == [0, 0, 0, REPORTED, REPORTED, DIRECT, DIRECT, 0, DIRECT, 0, 0, 0]
    assert passage.speakers[1:-1] == [0, 0, 0, 1, 1, 2, 2, 0, 0, 0, 0, 0]


def test_candidates_are_told_who_speaks_where():
    """A row for the outlet, one for somebody else, one for each actor; blind, the quotes are not told."""
    (passage,) = cut_passages(make("Bakker faalt zei Jansen.", ACTORS, (("Bakker faalt", True, "jansen"),)))
    pair = next(pair for pair in passage.pairs if passage.actors[pair.actor] == "bakker")
    _, first, last, _ = passage.sentences[0]
    rows = describe_sources(passage, first, last, 0, pair.pieces, pair.actor)
    assert {len(row) for row in rows} == {N_FEATURES} and len(rows) == 4
    bakker, jansen = rows[2:]
    assert (bakker[2], bakker[3], bakker[7]) == (0, 0, 1)
    assert (jansen[2], jansen[3], jansen[7]) == (1, 1, 0)
    blind = describe_sources(passage, first, last, 0, pair.pieces, pair.actor, is_blind=True)
    assert all(row[2:5] == [0, 0, 0] for row in blind)


def test_the_most_mentioned_actors_have_slots():
    """Where there are more actors than slots, those mentioned least go without."""
    places = [[1]] + [[1, 2]] * N_SLOTS
    assert slots_of(places) == [0, *range(1, N_SLOTS + 1)]


@settings(deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=30))
def test_every_sentence_is_own_in_just_one_passage(lengths):
    """Whatever their lengths; no passage is longer than the network reads."""
    text = " ".join(" ".join(["Jansen"] * n) + "." for n in lengths)
    found = cut_passages(make(text, {"Jansen": "jansen"}))
    own = [row[0] for passage in found for row in passage.sentences if row[3]]
    assert own == list(range(len(lengths)))
    for passage in found:
        assert len(passage.ids) <= MAX_PIECES
        assert {len(values) for values in (passage.ids, passage.slots, passage.speakers, passage.speech)} == {
            len(passage.ids)
        }
        assert len(passage.pieces) == len(passage.ids) - 2
        assert all(0 < piece < len(passage.ids) - 1 for pair in passage.pairs for piece in pair.pieces)


def test_a_passage_reads_again_what_stands_before_it():
    """The two sentences before its own, and the two with which the text begins; distances are those of the text."""
    text = " ".join(["Jansen.", "Bakker."] + [f"{'woord ' * 60}einde." for _ in range(30)])
    material = make(text, {"Jansen": "jansen"})
    found = cut_passages(material)
    assert len(found) > 2
    last = found[-1]
    start = next(row[0] for row in last.sentences if row[3])
    assert [row[0] for row in last.sentences if not row[3]] == [*range(LEAD), start - 2, start - 1]
    assert {pair.relation for pair in last.pairs} == {4}
    assert [material.ids[piece] for piece in last.pieces] == last.ids[1:-1]


def test_a_long_beginning_is_left_out():
    """It takes no more than its share of a passage."""
    found = cut_passages(make(" ".join(f"{'woord ' * 120}Jansen." for _ in range(8)), ACTORS))
    assert [row[3] for row in found[1].sentences][:3] == [False, False, True]
    assert found[1].numbers[:2] == [2, 3]
