"""Clauses by surface signs: the stretch of a sentence in which a word bears on an actor.

Reads a spaCy Doc without a parse; returns token ranges. Commas, semicolons, colons, dashes, brackets and
subordinating conjunctions part clauses; a comma inside a list of adjectives or numbers does too, which is a
price of working without a parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from analysis.contracts.words import list_languages, load_both, load_by_language, load_tuple

MARKS = frozenset(",;:–—()…")
CONJUNCTIONS = load_by_language("clauses", "conjunctions")
DETERMINERS = load_both("function_words", "determiners")
PASSIVE_AUXILIARIES = load_by_language("verbs", "passive_auxiliaries")
STATIVE_AUXILIARIES = load_by_language("verbs", "stative_auxiliaries")
PERFECT_AUXILIARIES = load_by_language("verbs", "perfect_auxiliaries")
AGENT_PREPOSITIONS = {
    language: word
    for language in list_languages()
    for word in load_tuple("function_words", "agent_prepositions", language)
}
_PREFIXES = load_tuple("verbs", "participle_prefixes", "nl")


@dataclass(frozen=True)
class Clause:
    """Tokens `first` to `last` (exclusive) of a sentence.

    `is_apposition`: it describes what stands right before it. `follows_insertion`: a stretch between two commas stands
    right before it, so that its subject may stand before those (`Jansen, die opstapte, viel Bakker aan`).
    """

    first: int
    last: int
    is_apposition: bool = False
    follows_insertion: bool = False


def split_clauses(doc: Doc, first: int, last: int, language: str) -> list[Clause]:
    """Part the tokens `first` to `last` (exclusive) of one sentence into clauses.

    Examples
    --------
    >>> import spacy
    >>> doc = spacy.blank("nl")("De premier zweeg, maar de oppositie klaagde.")
    >>> [doc[c.first:c.last].text for c in split_clauses(doc, 0, len(doc), "nl")]
    ['De premier zweeg', 'maar de oppositie klaagde.']
    """
    conjunctions = CONJUNCTIONS.get(language, frozenset())
    clauses: list[Clause] = []
    begin = first
    is_apposition = is_after_comma = follows_insertion = False
    for index in range(first, last):
        word = doc[index].lower_
        if word in MARKS:
            if index > begin:
                clauses.append(Clause(begin, index, is_apposition, follows_insertion))
            begin = index + 1
            follows_insertion = is_after_comma and word == ","
            is_after_comma = word == ","
            is_apposition = is_after_comma and begin < last and doc[begin].lower_ in DETERMINERS
        elif word in conjunctions and index > begin:
            clauses.append(Clause(begin, index, is_apposition, follows_insertion))
            begin = index
            is_apposition = is_after_comma = follows_insertion = False
    if begin < last:
        clauses.append(Clause(begin, last, is_apposition, follows_insertion))
    return clauses


def find_tokens(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """First token and token after the last of the characters `start` to `end`, half tokens included.

    Raises
    ------
    ValueError
        If the characters lie outside the text.
    """
    span = doc.char_span(int(start), int(end), alignment_mode="expand")
    if span is None:
        raise ValueError(f"no token at characters {start} to {end}")
    return span.start, span.end


def find_clause(clauses: Sequence[Clause], token: int) -> int | None:
    """Index of the clause that holds the token, or None for a mark between clauses."""
    return next((number for number, clause in enumerate(clauses) if clause.first <= token < clause.last), None)


def find_voice(doc: Doc, clause: Clause, tokens: Sequence[int], language: str) -> str:
    """``active`` or ``passive``, by the auxiliaries around the verb at `tokens`.

    A form that looks like a past participle with `worden` (English `be`) is passive; with Dutch `zijn` too,
    unless a form of `hebben` stands in the clause. Everything else is active.
    """
    words = {doc[index].lower_ for index in range(clause.first, clause.last) if index not in tokens}
    verb = doc[tokens[-1]].lower_
    if not _is_participle(verb, language):
        return "active"
    if words & PASSIVE_AUXILIARIES.get(language, frozenset()):
        return "passive"
    if words & STATIVE_AUXILIARIES.get(language, frozenset()) and not words & PERFECT_AUXILIARIES[language]:
        return "passive"
    return "active"


def _is_participle(verb: str, language: str) -> bool:
    if language == "en":
        return verb.endswith(("ed", "en", "n", "t", "d")) and not verb.endswith("ing")
    if not verb.endswith(("d", "t", "en")):
        return False
    return "ge" in verb[:6] or verb.startswith(_PREFIXES)
