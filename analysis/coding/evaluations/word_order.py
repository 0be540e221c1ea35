"""Word order: on whom a word of the lexicon bears, without a tree. The baseline beside the network.

Reads the tokens of a sentence; returns clauses as token ranges, and targets. Commas, semicolons, colons, dashes,
brackets and subordinating conjunctions part clauses. Agent and patient follow from word order, voice and the agent
preposition: what stands first acts, unless the verb is passive. It errs in long clauses and with inverted objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from analysis.coding.evaluations.speech import Target
from analysis.coding.language.lexicon import Entry, Hit, find_hits, load_lexicon, load_shifters
from analysis.coding.language.record import get_language
from analysis.coding.syntax.modality import Modality
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
PLACE_PREPOSITIONS = load_by_language("function_words", "place_prepositions")
"""An actor after one of these is where something happens, not who does or undergoes it."""
SUBJECT_PRONOUNS = load_by_language("pronouns", "subject_pronouns")
WINDOW = 4
"""Tokens before a word in which a denial bears on it (VADER's three, plus an article)."""
_PREFIXES = tuple(sorted(load_both("verbs", "participle_prefixes")))


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
    if not get_language(language).has("verb_final"):
        return verb.endswith(("ed", "en", "n", "t", "d")) and not verb.endswith("ing")
    if not verb.endswith(("d", "t", "en")):
        return False
    return "ge" in verb[:6] or verb.startswith(_PREFIXES)


def assign_participants(
    doc: Doc, clauses: Sequence[Clause], hit: Hit[Entry], targets: Sequence[Target], language: str
) -> list[Target]:
    """Targets on whom the word at `hit` bears.

    A verb bears on its agent, its patient or both, as the lexicon says. An adjective, adverb or noun bears
    on the nearest actor of its clause that is no place; in an apposition (`X, de gevreesde leider`), on the actor
    before it.
    """
    number = find_clause(clauses, hit.first)
    if number is None:
        return []
    clause = clauses[number]
    inside = [target for target in targets if clause.first <= target.first < clause.last]
    if hit.record.pos in ("verb", "phrase") and hit.record.bears in ("agent", "patient"):
        agent, patient = split_participants(doc, clause, hit, inside, language)
        return agent if hit.record.bears == "agent" else patient
    if clause.is_apposition and number > 0:
        before = [target for target in targets if target.last == clauses[number].first - 1]
        if before:
            return before
    if hit.record.bears == "both":
        return inside
    places = PLACE_PREPOSITIONS.get(language, frozenset())
    by = AGENT_PREPOSITIONS.get(language)
    led_by = {target.first: _preposition(doc, target, clause, language) for target in inside}
    # `door X beschuldigd van fraude`: who stands before as the agent of a passive is not who commits it.
    return nearest(
        hit,
        [
            target
            for target in inside
            if led_by[target.first] not in places and not (led_by[target.first] == by and target.first < hit.first)
        ],
    )


def split_participants(
    doc: Doc, clause: Clause, hit: Hit[Entry], inside: Sequence[Target], language: str
) -> tuple[list[Target], list[Target]]:
    """Agent and patient (each at most one) of the verb at `hit` among the actors of its clause, places left out."""
    led_by = {target.first: _preposition(doc, target, clause, language) for target in inside}
    by = [target for target in inside if led_by[target.first] == AGENT_PREPOSITIONS.get(language)]
    places = PLACE_PREPOSITIONS.get(language, frozenset())
    others = [target for target in inside if target not in by and led_by[target.first] not in places]
    if find_voice(doc, clause, hit.tokens, language) == "passive":
        return by[:1], others[:1]
    if not others:
        return [], []
    before = [target for target in others if target.first < hit.first]
    after = [target for target in others if target.first > hit.first]
    if before:
        # Verb-final clauses (`dat de bond de wethouder prijst`) have both before the verb.
        patient = after[:1] or before[1:][-1:]
        return before[:1], patient
    if (
        doc[clause.first].lower_ in DETERMINERS | SUBJECT_PRONOUNS.get(language, frozenset())
        and clause.first < hit.first
    ):
        # A subject that is no actor of ours (`De bond prees Jansen`): who follows undergoes.
        return [], after[:1]
    if not get_language(language).has("verb_second") or (clause.follows_insertion and len(after) == 1):
        # The subject stands before an inserted clause (`Jansen, who resigned, attacked Bakker`): who follows undergoes.
        return [], after[:1]
    # Dutch inversion, as after an adverbial (`Gisteren prees de bond de wethouder`): subject, then object.
    return after[:1], after[1:2]


def nearest(hit: Hit[Entry], inside: Sequence[Target]) -> list[Target]:
    """The actor of the clause that stands nearest to the word; what follows wins a tie."""

    def distance(target: Target) -> tuple[int, int]:
        if target.first > hit.last:
            return target.first - hit.last, 0
        return max(0, hit.first - target.last + 1), 1

    return sorted(inside, key=distance)[:1]


def _preposition(doc: Doc, target: Target, clause: Clause, language: str) -> str:
    """The word before the actor and its determiner; or `door` before a title or the first half of a name."""
    index = target.first - 1
    while index > clause.first and doc[index].lower_ in DETERMINERS:
        index -= 1
    if index < clause.first:
        return ""
    # `door de Tweede Kamer`, `door Kamerlid Bakker`: capitals between the preposition and the actor belong to it.
    before = index
    while before > clause.first and (doc[before].is_title or doc[before].lower_ in DETERMINERS):
        before -= 1
    agent = AGENT_PREPOSITIONS.get(language)
    return doc[before].lower_ if doc[before].lower_ == agent else doc[index].lower_


def find_mood(doc: Doc, first: int, last: int, token: int) -> Modality:
    """Whether a word of the sentence `first` to `last` (exclusive) is asked, conditional or denied, by its clause."""
    clauses = split_clauses(doc, first, last, doc.lang_)
    number = find_clause(clauses, token)
    here = (clauses[number].first, clauses[number].last) if number is not None else (first, last)
    known = next((hit for hit in find_hits(doc, load_lexicon(doc.lang_), first, last) if token in hit.tokens), None)
    begin, is_verb = (token, False) if known is None else (known.first, known.record.pos == "verb")
    kinds = [(sign.record.kind, begin - sign.last) for sign in find_hits(doc, load_shifters(doc.lang_), *here)]
    return Modality(
        question=any(one.text == "?" for one in doc[token:last]),
        conditional=any(kind == "conditional" for kind, _ in kinds),
        denied=not is_verb and any(kind == "denial" and 0 < gap <= WINDOW for kind, gap in kinds),
    )
