"""The vocabulary of reporting: verbs, phrases and prepositions with which news hands on what was said.

Reads ``data/languages/<language>/reporting.csv`` (term, kind, forms, note; forms parted by spaces, the words of
a form joined by ``_``); returns a frozen `Reporting`. Nothing is read until it is asked for. Patterns without a tree
know the kinds verb, phrase, preposition; those with a tree know all of `KINDS` as well. The shorter lists
stand beside it, in ``reporting.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

from analysis.coding.language.lists import read_words
from analysis.coding.language.record import get_language
from analysis.coding.language.tokens import Word
from analysis.contracts.words import load_both

_HEARD = load_both("reporting", "heard_phrases")
KINDS = ("verb", "attitude", "feeling", "content", "judgement", "naming", "noun")
"""Kinds of terms that patterns over trees tell apart: verbs of speech; verbs of belief and intention (`hopen`);
adjectives of the same (`overtuigd`); verbs whose object is what is said (`aankondigen`); verbs that judge their object
(`bekritiseren ... als`); verbs that name it (`noemen`); nouns of speech (`verwijt`). A term can be of several kinds."""
_GAP = 14
"""Words that may stand between the parts of a cue (``liet per brief weten``)."""


class Cue(NamedTuple):
    """A reporting word or words found in a text; `start` and `end` enclose all its parts."""

    start: int
    end: int
    text: str
    first_end: int

    @property
    def is_heard(self) -> bool:
        """Whether what is said is the subject, and the speaker follows ``bij`` (``klinkt het bij``)."""
        return "_".join(self.text.lower().split()) in _HEARD


@dataclass(frozen=True)
class Reporting:
    """Reporting words of one language.

    Attributes
    ----------
    language : str
        Code of the language.
    verbs : mapping of str to tuple
        First word of a form to the remaining words of the forms that begin with it.
    prepositions : tuple of tuple of str
        ``("volgens",)``, ``("according", "to")``; the longest first.
    finite : frozenset of str
        One-word forms that can be the verb of a reporting clause.
    kinds : mapping of str to frozenset of str
        Terms, and forms of theirs, to the `KINDS` they are of; the words of a form joined by ``_``.
    about : mapping of str to frozenset of str
        Terms to the prepositions after which they say what is said (`pleiten` -> `voor`).
    """

    language: str
    verbs: Mapping[str, tuple[tuple[str, ...], ...]]
    prepositions: tuple[tuple[str, ...], ...]
    finite: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    about: Mapping[str, frozenset[str]]

    def find_cues(self, words: Sequence[Word]) -> list[Cue]:
        """Reporting verbs and phrases among the words of one sentence, in order, without overlap."""
        cues: list[Cue] = []
        lowered = [word.text.lower() for word in words]
        present = set(lowered)
        for i, word in enumerate(words):
            forms = self.verbs.get(lowered[i])
            if forms is None or (i and word.text[0].isupper()):  # a name, such as Twitter
                continue
            for rest in forms:
                if rest and rest[0] not in present:
                    continue
                last = _find_rest(words, lowered, i, rest)
                if last is None:
                    continue
                parts = [word.text, *(words[k].text for k in range(last - len(rest) + 1, last + 1))]
                cues.append(Cue(word.start, words[last].end, " ".join(parts), word.end))
                break
        return cues


def _find_rest(words: Sequence[Word], lowered: Sequence[str], i: int, rest: tuple[str, ...]) -> int | None:
    """Index of the last word of a form whose first word is ``words[i]``, or None."""
    if not rest:
        return i
    for k in range(i + 1, min(len(words) - len(rest) + 1, i + 2 + _GAP)):
        if lowered[k] == rest[0] and all(lowered[k + n] == part for n, part in enumerate(rest)):
            return k + len(rest) - 1
        if k > i + 1 and words[k].start - words[k - 1].end > 3:  # a stretch of quotation or other matter
            return None
    return None


@cache
def load_reporting(language: str) -> Reporting:
    """Load the reporting words of a language.

    Raises
    ------
    InputError
        If the file is missing or lacks a column.
    """
    words = partial(get_language(language).words, "reporting")
    verbs: dict[str, set[tuple[str, ...]]] = {}
    prepositions: set[tuple[str, ...]] = set()
    kinds: dict[str, set[str]] = {}
    about: dict[str, set[str]] = {}
    for row in read_words(language, "reporting.csv", ("term", "kind", "forms")):
        term, kind, forms = row["term"], row["kind"], row["forms"].lower().split()
        if kind in KINDS:
            for word in {term.replace(" ", "_").lower(), *forms}:
                kinds.setdefault(word, set()).add(kind)
        elif kind == "about":
            verb, _, preposition = term.partition(" ")
            about.setdefault(verb, set()).add(preposition)
        elif kind == "preposition" and term.replace(" ", "_") not in words("hearsay"):
            prepositions |= {tuple(form.split("_")) for form in forms}
        if kind in ("verb", "phrase"):
            for first, *rest in (form.split("_") for form in forms if _is_finite(form, term, language)):
                if kind == "verb" or first not in words("phrase_openers"):
                    verbs.setdefault(first, set()).add(tuple(rest))
    for first, *rest in (form.split("_") for form in words("naming_forms")):
        verbs.setdefault(first, set()).add(tuple(rest))
    return Reporting(
        language=language,
        verbs={first: tuple(sorted(rest, key=lambda item: (-len(item), item))) for first, rest in verbs.items()},
        prepositions=tuple(sorted(prepositions, key=lambda item: (-len(item), item))),
        finite=frozenset(first for first, rests in verbs.items() if () in rests),
        kinds={form: frozenset(found) for form, found in kinds.items()},
        about={verb: frozenset(found) for verb, found in about.items()},
    )


def _is_finite(form: str, term: str, language: str) -> bool:
    """Whether a form may be the verb of a reporting clause: no participle, by its endings."""
    words = partial(get_language(language).words, "reporting")
    if form.endswith(tuple(words("present_participle_endings"))) and "_" not in form:
        return False
    first = form.partition("_")[0]
    is_past = first.startswith(tuple(words("participle_openings"))) and first.endswith(
        tuple(words("participle_endings"))
    )
    return not is_past or term.startswith(tuple(words("participle_openings")))
