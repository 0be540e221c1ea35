"""Words that make a claim: of responsibility (``blame.csv``) and of a framing function (``functions.csv``).

Reads ``data/languages/<language>/blame.csv`` and ``functions.csv`` (term, pos, label, source, target, event, needs);
returns frozen `ClaimWord` records. Loaded at first use, once a language.

``label`` is a stance or a function. ``source``, ``target`` and ``event`` name where each stands in the sentence, first
fit wins: a place of `analysis.coding.claims.places.PLACES`, or an adposition. ``needs`` holds what must be true of the
place: names of `CONDITIONS`; else lemmas, or types of event after an ``@``, one of which the object must be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from analysis.coding.language.lists import read_words
from analysis.coding.language.record import get_language
from analysis.contracts.schema import STANCES
from analysis.contracts.schema_roles import FUNCTIONS

LABELS = {"blame": tuple(STANCES), "functions": tuple(FUNCTIONS)}
"""Labels by file."""
KINDS = ("verb", "phrase", "noun", "adjective", "state", "modal", "case", "mark", "words", "harm")
"""What a term is: ``state`` is a noun or adjective with a copula, ``case`` an adposition and ``mark`` a conjunction of
cause, ``words`` stand in a row; ``harm`` claims nothing, but makes of what leads to it a cause that counts."""
CONDITIONS = {
    "bad": "what is caused, or the cause, is harm or a problem",
    "bad_above": "the clause above tells of harm or a problem",
    "bad_state": "it makes somebody something bad",
    "copula": "it is the predicate of a sentence",
    "mark": "the adposition of the event is there",
    "clause": "there is a clause below",
    "infinitive": "there is an infinitive below",
    "finite": "there is a clause with a finite verb below",
    "object": "there is an object",
}
"""Names of conditions and what they ask for."""
_COLUMNS = ("term", "pos", "label", "source", "target", "event", "needs")
_SEQUENCES = ("case", "mark", "words")
_SHORTEST_TERM, _SHORTEST_FIRST = 4, 3
"""Letters of a noun, and of what stands before it, in a compound written as one word (`woningnood`)."""


@dataclass(frozen=True)
class ClaimWord:
    """A word or phrase that makes a claim; see the module for what the places mean."""

    term: str
    pos: str
    label: str
    source: str
    target: tuple[str, ...]
    event: tuple[str, ...]
    needs: frozenset[str]


@dataclass(frozen=True)
class Claim:
    """A word that makes a claim, where it stands.

    Attributes
    ----------
    word : ClaimWord
        What the list says.
    head : Token
        On which negation and hedges bear.
    tokens : tuple of int
        Positions of the words that show it.
    sources : tuple of Token
        Heads of the phrases of who says so; empty where the words name nobody.
    targets : tuple of Token
        Who is blamed or judged, whose doing it is, who must act; the likeliest first.
    event : tuple of Token
        The words that say what, in text order; empty where nothing does.
    """

    word: ClaimWord
    head: Token
    tokens: tuple[int, ...]
    sources: tuple[Token, ...]
    targets: tuple[Token, ...]
    event: tuple[Token, ...]


@dataclass(frozen=True)
class ClaimWords:
    """The words of a language: by kind and lemma; phrases by their verb, sequences by their first word.

    Of verbs and phrases those that ask for most come first.
    """

    single: Mapping[tuple[str, str], tuple[ClaimWord, ...]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], ClaimWord], ...]]
    sequences: Mapping[str, tuple[tuple[tuple[str, ...], ClaimWord], ...]]
    has_compounds: bool

    def find(self, kind: str, lemma: str) -> ClaimWord | None:
        """Return the word of a kind with a lemma; of a noun also that of the last part of a compound."""
        if found := self.single.get((kind, lemma)):
            return found[0]
        if kind != "noun" or not self.has_compounds:
            return None
        ends = (lemma[begin:] for begin in range(_SHORTEST_FIRST, len(lemma) - _SHORTEST_TERM + 1))
        return next((self.single[kind, end][0] for end in ends if (kind, end) in self.single), None)


@lru_cache(maxsize=8)
def load_claim_words(file: str, code: str) -> ClaimWords:
    """Load the words of a file in a language.

    Parameters
    ----------
    file : str
        Name of `LABELS`.
    code : str
        Name of the language's folder.

    Raises
    ------
    InputError
        When the file is missing, lacks a column, or a row has a kind or label that does not exist.
    """
    language = get_language(code)
    words = []
    for row in read_words(code, f"{file}.csv", _COLUMNS):
        kind, label = row.check("pos", KINDS), row.check("label", LABELS[file])
        target, event, needs = (tuple(row[column].split()) for column in ("target", "event", "needs"))
        words.append(ClaimWord(row["term"], kind, label, row["source"], target, event, frozenset(needs)))
    single: dict[tuple[str, str], list[ClaimWord]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], ClaimWord]]] = {}
    sequences: dict[str, list[tuple[tuple[str, ...], ClaimWord]]] = {}
    for word in words:
        parts = tuple(word.term.split())
        if word.pos == "phrase":
            # An infinitive closes its phrase where verbs are final (`de schuld geven`), else it opens it.
            verb, rest = (parts[-1], parts[:-1]) if language.has("verb_final") else (parts[0], parts[1:])
            phrases.setdefault(verb, []).append((rest, word))
        elif word.pos in _SEQUENCES:
            sequences.setdefault(parts[0], []).append((parts, word))
        else:
            single.setdefault((word.pos, word.term), []).append(word)
    return ClaimWords(
        {
            key: tuple(sorted(found, key=lambda one: (not one.needs, "object" in one.target)))
            for key, found in single.items()
        },
        _longest_first(phrases),
        _longest_first(sequences),
        language.has("closed_compounds"),
    )


def _longest_first(
    found: Mapping[str, list[tuple[tuple[str, ...], ClaimWord]]],
) -> Mapping[str, tuple[tuple[tuple[str, ...], ClaimWord], ...]]:
    return {key: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for key, pairs in found.items()}
