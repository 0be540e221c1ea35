"""The vocabulary of reporting: verbs, phrases and prepositions with which news hands on what was said.

Reads ``data/languages/<language>/reporting.csv`` (term, kind, forms, note; forms parted by spaces, the words of
a form joined by ``_``); returns a frozen `Reporting`. Nothing is read until it is asked for. Patterns without a tree
know the kinds verb, phrase, preposition; those with a tree know all of `KINDS` as well. The shorter lists
stand beside it, in ``reporting.yaml``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from analysis.coding.language.tokens import Word
from analysis.contracts.errors import InputError
from analysis.contracts.paths import WORD_LISTS
from analysis.contracts.words import list_languages, load_both, load_tuple

_DENIALS = load_both("reporting", "denials")
_DENIAL_PHRASES = tuple(sorted(load_both("reporting", "denial_endings")))
_NOT_FINITE_NL = re.compile(r"(?:end|ende)\Z|\A(?:aan|af|uit|mee|toe|op|voor|in|na|tegen|bekend|be)?ge.*[dtn]\Z")
_NAMING = {language: load_tuple("reporting", "naming_forms", language) for language in list_languages()}
"""Forms of verbs of naming, which hand on a judgement only together with a quotation."""
_HEARSAY = load_both("reporting", "hearsay")
_HEARD = re.compile(r"(?:klink\w*|klonk\w*) (?:het|er)\Z|.*\bte (?:horen|beluisteren)\Z", re.IGNORECASE)
_OPENERS = load_both("reporting", "phrase_openers")
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
    is_denial: bool

    @property
    def is_heard(self) -> bool:
        """Whether what is said is the subject, and the speaker follows ``bij`` (``klinkt het bij``)."""
        return _HEARD.match(self.text) is not None


@dataclass(frozen=True)
class Reporting:
    """Reporting words of one language.

    Attributes
    ----------
    language : str
        ``nl`` or ``en``.
    verbs : mapping of str to tuple
        First word of a form to the forms that begin with it: (remaining words, whether it denies).
    prepositions : tuple of tuple of str
        ``("volgens",)``, ``("according", "to")``; the longest first.
    finite : frozenset of str
        One-word forms that can be the verb of a reporting clause.
    kinds : mapping of str to frozenset of str
        Terms, and forms of theirs, to the `KINDS` they are of; the words of a form joined by ``_``.
    about : mapping of str to frozenset of str
        Terms to the prepositions after which they say what is said (`pleiten` -> `voor`).
    denials : frozenset of str
        Terms, and forms of theirs, that deny.
    """

    language: str
    verbs: Mapping[str, tuple[tuple[tuple[str, ...], bool], ...]]
    prepositions: tuple[tuple[str, ...], ...]
    finite: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    about: Mapping[str, frozenset[str]]
    denials: frozenset[str]

    def find_cues(self, words: Sequence[Word]) -> list[Cue]:
        """Reporting verbs and phrases among the words of one sentence, in order, without overlap."""
        cues: list[Cue] = []
        lowered = [word.text.lower() for word in words]
        present = set(lowered)
        for i, word in enumerate(words):
            forms = self.verbs.get(lowered[i])
            if forms is None or (i and word.text[0].isupper()):  # a name, such as Twitter
                continue
            for rest, is_denial in forms:
                if rest and rest[0] not in present:
                    continue
                last = _find_rest(words, lowered, i, rest)
                if last is None:
                    continue
                parts = [word.text, *(words[k].text for k in range(last - len(rest) + 1, last + 1))]
                cues.append(Cue(word.start, words[last].end, " ".join(parts), word.end, is_denial))
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


def _read_entries(language: str) -> list[tuple[str, str, list[str]]]:
    """Term, kind and forms of each line of the list of a language."""
    path = WORD_LISTS / language / "reporting.csv"
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        return [(row["term"], row["kind"], row["forms"].split()) for row in rows]
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise InputError(
            f"{language}/{path.name}: cannot be read as a list with the columns term, kind, forms ({error}); restore it"
        ) from error


@cache
def load_reporting(language: str) -> Reporting:
    """Load the reporting words of a language.

    Parameters
    ----------
    language : str
        ``nl`` or ``en``.

    Returns
    -------
    Reporting

    Raises
    ------
    InputError
        If the file cannot be read or lacks a column.
    """
    entries = _read_entries(language)
    verbs: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    prepositions: set[tuple[str, ...]] = set()
    finite: set[str] = set()
    kinds: dict[str, set[str]] = {}
    about: dict[str, set[str]] = {}
    denials: set[str] = set()
    for term, kind, forms in entries:
        is_denial = term in _DENIALS or term.endswith(_DENIAL_PHRASES)
        words = {form.lower() for form in (term.replace(" ", "_"), *forms)} if kind in KINDS else set()
        for word in words:
            kinds.setdefault(word, set()).add(kind)
        denials |= words if is_denial else set()
        if kind == "about":
            about.setdefault(term.partition(" ")[0], set()).add(term.partition(" ")[2])
        for form in forms:
            parts = tuple(form.lower().split("_"))
            if kind == "preposition" and term.replace(" ", "_") not in _HEARSAY:
                prepositions.add(parts)
            elif kind == "verb" or (kind == "phrase" and parts[0] not in _OPENERS):
                if language == "nl" and _NOT_FINITE_NL.search(parts[0]) and not term.startswith("ge"):
                    continue
                if language == "en" and len(parts) == 1 and parts[0].endswith("ing"):
                    continue
                verbs.setdefault(parts[0], []).append((parts[1:], is_denial))
                if len(parts) == 1:
                    finite.add(parts[0])
    for form in _NAMING[language]:
        first, *rest = form.split("_")
        verbs.setdefault(first, []).append((tuple(rest), False))
        if not rest:
            finite.add(first)
    return Reporting(
        language=language,
        verbs={
            first: tuple(sorted(set(rest), key=lambda item: (-len(item[0]), item))) for first, rest in verbs.items()
        },
        prepositions=tuple(sorted(prepositions, key=lambda item: (-len(item), item))),
        finite=frozenset(finite),
        kinds={form: frozenset(found) for form, found in kinds.items()},
        about={verb: frozenset(found) for verb, found in about.items()},
        denials=frozenset(denials),
    )
