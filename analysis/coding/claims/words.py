"""Words of framing functions: by which a text names a problem, a cause, a wrong, or what should be done.

Reads ``data/languages/<language>/functions.csv`` (term, pos, function, source, actor, event, needs); returns frozen
`FunctionWord` records. Loaded at first use, once a language.

``source``, ``actor`` and ``event`` tell where in the sentence each stands: ``subject`` (who does what the verb says),
``object`` (who undergoes it), ``owner`` (whose it is), ``clause`` (the clause below, or its subject), ``head`` (the
clause that a cause hangs on), ``bearer`` (on whom a judging word bears), ``said_of`` (of whom a noun is the predicate),
``author`` (whose text it is), ``none``, or adpositions. ``needs`` is a condition, one of `CONDITIONS`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from analysis.contracts.errors import InputError
from analysis.contracts.paths import WORD_LISTS
from analysis.contracts.schema_roles import FUNCTIONS

KINDS = ("verb", "phrase", "noun", "adjective", "modal", "case", "mark", "words", "harm")
"""What a term is; ``harm`` carries no function, but makes of what leads to it a cause that counts."""
CONDITIONS = {
    "": "always",
    "bad": "what is caused, or the cause, is harm or a problem",
    "bad_above": "the clause above tells of harm or a problem",
    "bad_state": "it makes somebody something bad",
    "copula": "it is the predicate of a sentence",
    "mark": "the adposition of the event is there",
    "clause": "there is a clause below",
    "infinitive": "there is an infinitive below",
    "object": "there is an object",
    "no_met": "there is no phrase with `met`: a deed of threatening is no problem",
}
"""Names of conditions and what they ask for."""
_SINGLE = ("noun", "adjective", "modal", "harm")
_COLUMNS = ("term", "pos", "function", "source", "actor", "event", "needs")
_SHORTEST_TERM, _SHORTEST_FIRST = 4, 3
"""Letters of a noun, and of what stands before it, in a Dutch compound (`woningnood`)."""


@dataclass(frozen=True)
class FunctionWord:
    """A word or phrase that carries a function; see the module for what the places mean."""

    term: str
    pos: str
    function: str
    source: str
    actor: tuple[str, ...]
    event: tuple[str, ...]
    needs: str


@dataclass(frozen=True)
class FunctionWords:
    """The words of a language: verbs, nouns, adjectives and modals by lemma, others by their first or their verb."""

    verbs: Mapping[str, tuple[FunctionWord, ...]]
    nouns: Mapping[str, FunctionWord]
    adjectives: Mapping[str, FunctionWord]
    modals: Mapping[str, FunctionWord]
    harms: Mapping[str, FunctionWord]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], FunctionWord], ...]]
    sequences: Mapping[str, tuple[tuple[tuple[str, ...], FunctionWord], ...]]

    def find_noun(self, lemma: str, language: str) -> FunctionWord | None:
        """The word for a noun, or for the last part of a Dutch compound."""
        if lemma in self.nouns or language != "nl":
            return self.nouns.get(lemma)
        ends = (lemma[begin:] for begin in range(_SHORTEST_FIRST, len(lemma) - _SHORTEST_TERM + 1))
        return next((self.nouns[end] for end in ends if end in self.nouns), None)


@lru_cache(maxsize=2)
def load_function_words(language: str) -> FunctionWords:
    """The words of a language that carry a function.

    Raises
    ------
    InputError
        When the file is missing, lacks a column, or a row has a kind, function or condition that does not exist.
    """
    name = f"{language}/functions.csv"
    path = WORD_LISTS / name
    if not path.is_file():
        raise InputError(f"{name} is missing from {WORD_LISTS.name}; restore it from the repository")
    verbs: dict[str, list[FunctionWord]] = {}
    single: dict[str, dict[str, FunctionWord]] = {kind: {} for kind in _SINGLE}
    phrases: dict[str, list[tuple[tuple[str, ...], FunctionWord]]] = {}
    sequences: dict[str, list[tuple[tuple[str, ...], FunctionWord]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        if missing := set(_COLUMNS) - set(reader.fieldnames or ()):
            raise InputError(f"{name}, row 1: lacks the column {', '.join(sorted(missing))}")
        for number, row in enumerate(reader, start=2):
            if row["pos"] not in KINDS or row["function"] not in FUNCTIONS or row["needs"] not in CONDITIONS:
                raise InputError(
                    f"{name}, row {number}: '{row['pos']}', '{row['function']}' and '{row['needs']}' are not all known"
                )
            places = tuple(row["actor"].split()), tuple(row["event"].split())
            word = FunctionWord(row["term"], row["pos"], row["function"], row["source"], *places, row["needs"])
            words = tuple(word.term.split())
            if word.pos == "verb":
                verbs.setdefault(word.term, []).append(word)
            elif word.pos == "phrase":
                # Dutch infinitives close their phrase, English ones open it.
                verb, rest = (words[-1], words[:-1]) if language == "nl" else (words[0], words[1:])
                phrases.setdefault(verb, []).append((rest, word))
            elif word.pos in single:
                single[word.pos][word.term] = word
            else:
                sequences.setdefault(words[0], []).append((words, word))
    return FunctionWords(
        {verb: tuple(found) for verb, found in verbs.items()},
        single["noun"],
        single["adjective"],
        single["modal"],
        single["harm"],
        {verb: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for verb, found in phrases.items()},
        {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in sequences.items()},
    )
