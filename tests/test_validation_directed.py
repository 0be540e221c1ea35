"""The task directed: what counts as tone of this source towards this target, on rows made by hand."""

from __future__ import annotations

from types import SimpleNamespace as Row

import pytest

from analysis.validation.directed import Directed, _decide, _is_by_source, predict_directed

MINUS, PLUS = Row(polarity=-0.8), Row(polarity=0.6)


def deed(valence: str) -> Row:
    return Row(valence=valence)


@pytest.mark.parametrize(
    ("judged", "by_source", "deeds", "wanted"),
    [
        ([MINUS], [MINUS], [], Directed(-1, -1, True)),
        ([MINUS], [], [], Directed(0, -1, False)),
        ([PLUS], [], [deed("conflict")], Directed(-1, 1, True)),
        ([PLUS], [], [deed("neutral")], Directed(1, 1, True)),
        ([MINUS, PLUS], [MINUS], [deed("cooperation")], Directed(-1, 0, True)),
        ([Row(polarity=0.2)], [Row(polarity=0.2)], [], Directed(0, 0, True)),
        ([], [], [], Directed(0, 0, False)),
    ],
)
def test_an_evaluation_goes_before_a_deed(judged, by_source, deeds, wanted):
    """A deed without valence lends its agent the tone of the sentence; another's judgement is not the source's."""
    assert _decide(judged, by_source, deeds, 0.25) == wanted


def test_i_am_whoever_speaks_here():
    """In a quote, its speaker, named or not; outside, the author. Any other source must be the one that is coded."""
    text = "‘Ik wantrouw hem’, zei ze. Ik niet."
    quotes = [Row(start=1, end=16)]
    row = {"text": text, "source": [1, 3], "target": [13, 16]}
    assert _is_by_source(Row(source_id="unnamed"), row, quotes)
    assert not _is_by_source(Row(source_id="author"), row, quotes)
    assert not _is_by_source(Row(source_id="unnamed"), row | {"source": [23, 25]}, quotes)
    assert not _is_by_source(Row(source_id="unnamed"), row | {"source": [27, 29]}, quotes)
    outside = {"text": "Ik wantrouw hem.", "source": [0, 2], "target": [12, 15]}
    assert _is_by_source(Row(source_id="author"), outside, [])
    assert _is_by_source(Row(source_id="source"), row | {"source": [23, 25]}, quotes)


def test_a_quoted_judgement_is_its_speakers():
    """The lexicon finds the word, the quote its speaker; the other way round there is nothing."""
    text = "‘Bakker is een leugenaar’, zei Jansen gisteren."
    jansen, bakker = [text.index("Jansen"), text.index(" gisteren")], [1, 7]
    rows = [
        {"article_id": "1", "language": "nl", "text": text, "source": jansen, "target": bakker, "label": -1},
        {"article_id": "2", "language": "nl", "text": text, "source": bakker, "target": jansen, "label": 0},
    ]
    assert predict_directed(rows, method="lexicon") == [Directed(-1, -1, True), Directed(0, 0, False)]
