"""Which words carry a judgement: the tone of a text with each of its words left out.

Reads texts with a marked target and the places of some of their words; returns for each word how much it contributes
to the polarity. Knows the model by its method ``tone`` alone, and nothing of spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from analysis.errors import UsageError

CHUNK = 2_000
"""Texts given to the model at once: enough to fill its batches, few enough for little memory."""
DECIMALS = 4
"""Decimals kept of a probability: beyond them the company a text is read in may show."""

Offsets = tuple[int, int]


class ToneModel(Protocol):
    """Anything that tells the tone of texts towards a target: `analysis.reading.model.ReadingModel`."""

    def tone(
        self, texts: Sequence[str], spans: Sequence[Offsets | None], languages: Sequence[str] | None = None
    ) -> npt.NDArray[np.float64]:
        """Probabilities of negative, neutral and positive, one row per text."""
        ...


class Marked(NamedTuple):
    """A text, the characters of its target (None: the text as a whole) and of the words to leave out, its language."""

    text: str
    target: Offsets | None
    words: tuple[Offsets, ...] = ()
    language: str = ""


class Tone(NamedTuple):
    """Probabilities towards a target, rounded, and their polarity: positive minus negative."""

    negative: float
    neutral: float
    positive: float

    @property
    def polarity(self) -> float:
        """From -1 to 1."""
        return round(self.positive - self.negative, DECIMALS)


def read_tone(model: ToneModel, marked: Iterable[Marked]) -> list[Tone]:
    """Tone of each text towards its target.

    Parameters
    ----------
    model : ToneModel
        The reading model.
    marked : iterable of Marked
        Texts and targets; their `words` are not used.

    Returns
    -------
    list of Tone
        In the order given, probabilities rounded to `DECIMALS`.
    """
    found: list[Tone] = []
    stream = iter(marked)
    while chunk := list(islice(stream, CHUNK)):
        scores = model.tone([one.text for one in chunk], [one.target for one in chunk], [one.language for one in chunk])
        found += [Tone(*row) for row in np.round(scores, DECIMALS).tolist()]
    return found


def weigh_words(
    model: ToneModel, marked: Sequence[Marked], *, polarities: Sequence[float] | None = None
) -> list[list[float]]:
    """How much each word contributes to the polarity of its text, by leaving it out.

    Parameters
    ----------
    model : ToneModel
        The reading model.
    marked : sequence of Marked
        Texts, targets, and the words to weigh; all are read together, `CHUNK` at a time.
    polarities : sequence of float, optional
        Polarity of each whole text, where it is known; otherwise it is read.

    Returns
    -------
    list of list of float
        Per text, one number per word, in their order: the polarity of the text minus its polarity without the word.
        A word of -0.5 makes the text 0.5 more negative than it would be without it.

    Raises
    ------
    UsageError
        If there are not as many polarities as texts, or a word lies outside its text or overlaps the target.

    Notes
    -----
    Occlusion. It says what the model reacts to, not why the text is negative: a text without the word may read
    oddly, and of two words that say the same each may seem to contribute nothing.

    References
    ----------
    Zeiler, M. D., & Fergus, R. (2014). Visualizing and understanding convolutional networks. ECCV.
    Li, J., Monroe, W., & Jurafsky, D. (2016). Understanding neural networks through representation erasure.
    arXiv:1612.08220.
    """
    if polarities is not None and len(polarities) != len(marked):
        raise UsageError(f"weigh_words: {len(marked)} texts but {len(polarities)} polarities; give one each")
    whole = list(polarities) if polarities is not None else [tone.polarity for tone in read_tone(model, marked)]
    without = iter(read_tone(model, _leave_out_each(marked)))
    return [
        [round(polarity - next(without).polarity, DECIMALS) for _ in one.words]
        for one, polarity in zip(marked, whole, strict=True)
    ]


def leave_out(text: str, word: Offsets, target: Offsets | None) -> Marked:
    """The text without a word and one space beside it, its target at its new place.

    Examples
    --------
    >>> leave_out("De corrupte Jansen zweeg.", (3, 11), (12, 18))
    Marked(text='De Jansen zweeg.', target=(3, 9), words=(), language='')
    >>> leave_out("Jansen is corrupt.", (10, 17), (0, 6)).text
    'Jansen is.'
    """
    start, end = word
    if not 0 <= start < end <= len(text):
        raise UsageError(f"leave_out: characters {start} to {end} lie outside a text of {len(text)} characters")
    if target is not None and start < target[1] and target[0] < end:
        raise UsageError(f"leave_out: characters {start} to {end} overlap the target, which is never left out")
    if text[end : end + 1].isspace():
        end += 1
    elif text[start - 1 : start].isspace() and start > 0:
        start -= 1
    moved = None if target is None else (_move(target[0], start, end), _move(target[1], start, end))
    return Marked(text[:start] + text[end:], moved)


def _move(place: int, start: int, end: int) -> int:
    """Where a character stands once those from `start` to `end` are gone."""
    return place - max(0, min(place, end) - start)


def _leave_out_each(marked: Iterable[Marked]) -> Iterator[Marked]:
    for one in marked:
        for word in one.words:
            yield leave_out(one.text, word, one.target)._replace(language=one.language)
