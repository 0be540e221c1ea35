"""Predicates: each verb of a parsed sentence with who does it and who undergoes it, in one shape for every voice.

Reads spaCy Docs with a tree; returns `Predicate` rows of tokens. Active and passive give the same agent and patient; a
passive without `door` or `by` has none and says so. Nouns of deeds are read by `nominals.read_noun`. Which tokens are
actors is decided by whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from analysis.coding.language.events import find_noun_event
from analysis.coding.syntax.participles import attributive_agent, is_in_participle, modifies_next
from analysis.coding.syntax.trees import (
    BY,
    Oblique,
    agents_of_passive,
    children,
    expand,
    is_passive,
    objects,
    obliques,
    own_subjects,
    particle,
    resolve_relative,
    subjects,
)
from analysis.coding.syntax.verb_forms import UNACCUSATIVE, find_infinitive
from analysis.coding.syntax.voices import (
    BLAMING,
    has_werden,
    is_bare_infinitive,
    is_bare_participle,
    is_blamed,
    is_caused,
    is_charge,
    is_conjunct_of_passive,
    is_expletive,
    is_mistaken_participle,
    is_no_doer,
    is_participle_of_noun,
    is_passive_with_be,
    is_present,
    is_raised,
    phrases_with,
    raised_participle,
    received_by,
    receiver_of,
)
from analysis.contracts.words import load_both

ACTIVE, PASSIVE, AGENTLESS, NOMINAL = "active", "passive", "agentless_passive", "nominal"
_NO_PREDICATES = frozenset(["aux", "aux:pass", "auxpass", "cop", "case", "mark", "cc", "fixed", "flat"])
_PHASES = load_both("verbs", "phase_verbs")
"""Verbs that say nothing themselves before a bare infinitive (`gaat helpen`)."""
_ACTS_ON_RECEIVER = load_both("function_words", "receiver_agent_prepositions")


@dataclass(frozen=True)
class Predicate:
    """A deed, statement or state and who takes part in it.

    Attributes
    ----------
    token : Token
        The verb or noun; of a light verb and a particle verb the verb.
    lemma : str
        Lower case, a separated particle in front (`aanvallen` for `viel ... aan`).
    voice : str
        ``active``, ``passive``, ``agentless_passive`` or ``nominal``.
    agents, patients : tuple of Token
        Heads of the phrases of who does it and who undergoes it, coordinated ones each by itself.
    obliques : tuple of Oblique
        Other phrases with an adposition.
    tokens : tuple of int
        Positions of the words that make it up, in text order.
    """

    token: Token
    lemma: str
    voice: str
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    obliques: tuple[Oblique, ...]
    tokens: tuple[int, ...]


def find_predicates(doc: Doc, first: int, last: int, language: str) -> Iterator[Predicate]:
    """Verbs among the tokens `first` to `last` (exclusive), in text order, each with its participants."""
    for token in doc[first:last]:
        if is_predicate(token, language):
            yield read_verb(token, language)


def is_predicate(token: Token, language: str) -> bool:
    """Whether a token is a verb that says something itself, no auxiliary."""
    if is_mistaken_participle(token):
        return True
    is_set_apart = token.pos_ == "ADJ" and token.dep_ == "advcl" and "Part" in token.morph.get("VerbForm", [])
    if not (token.pos_ == "VERB" or is_set_apart) or token.dep_ in _NO_PREDICATES:
        return False
    if token.dep_ == "compound:prt":
        return receiver_of(token, language) is not None
    if token.lemma_ in _PHASES and any(is_bare_infinitive(child) for child in children(token, ("xcomp",))):
        return False
    # `kreeg een boete opgelegd`, `valt te verwijten`: the other verb tells the deed.
    return received_by(token, language) is None and not any(is_blamed(child) for child in token.children)


def read_verb(verb: Token, language: str) -> Predicate:
    """A verb and who takes part in it.

    Parameters
    ----------
    verb : Token
        A verb of a Doc with a tree, no auxiliary.
    language : str
        ``nl`` or ``en``.

    Returns
    -------
    Predicate
        Of a participle before or after a noun (`de door de politie opgepakte man`) the noun is the patient, of a
        present participle the agent. Of an infinitive with `te` after a form of `zijn` (`is te verwijten`), and of a
        participle with `krijgen` (`kreeg een boete opgelegd`), the subject is the patient.
    """
    part = particle(verb)
    lemma = find_infinitive(verb)
    voice, agents, patients = _participants(verb, lemma, language)
    if voice == PASSIVE and agents and all(is_no_doer(agent, lemma, language) for agent in agents):
        voice, agents = AGENTLESS, []
    tokens = tuple(sorted({verb.i, *([part.i] if part is not None else [])}))
    taken = {agent.i for agent in agents}
    found = (one for one in obliques(verb) if one.token.i not in taken and not is_in_participle(one.token, BY))
    return Predicate(verb, lemma, voice, tuple(agents), tuple(patients), tuple(found), tokens)


def _participants(  # noqa: PLR0911  one return for each voice
    verb: Token, lemma: str, language: str
) -> tuple[str, list[Token], list[Token]]:
    receiver = receiver_of(verb, language)
    if receiver is not None:
        helpers = [one for child in children(verb, ("aux", "aux:pass")) for one in own_subjects(child)]
        return _passive(
            phrases_with(verb, _ACTS_ON_RECEIVER) or phrases_with(receiver, _ACTS_ON_RECEIVER),
            helpers or subjects(receiver),
        )
    above = is_raised(verb)
    if above is not None:
        return _passive(phrases_with(verb, BY), subjects(above))
    noun = modifies_next(verb) or (verb.head if is_participle_of_noun(verb) else None)
    if noun is not None:
        if is_present(verb) or lemma in UNACCUSATIVE:
            return ACTIVE, [resolve_relative(noun, verb)], objects(verb)
        named = attributive_agent(verb, BY)
        return _passive([named] if named is not None else phrases_with(verb, BY), [noun])
    is_told_passive = is_passive(verb) or is_conjunct_of_passive(verb) or is_passive_with_be(verb, lemma)
    if is_told_passive and raised_participle(verb) is None:
        if lemma in UNACCUSATIVE and not agents_of_passive(verb) and not has_werden(verb):
            return ACTIVE, _passive_subjects(verb), []
        return _passive(_shared_agents(verb), _passive_subjects(verb))
    if is_blamed(verb):
        shared = subjects(verb.head) if verb.head.lemma_ in BLAMING else []
        return AGENTLESS, [], own_subjects(verb) or shared or objects(verb)
    if is_caused(verb) and (named_agents := phrases_with(verb, BY)):
        undergoing = objects(verb) or own_subjects(verb) or subjects(verb.head)
        return PASSIVE, named_agents, undergoing
    if is_bare_participle(verb) and lemma not in UNACCUSATIVE:
        undergoing = own_subjects(verb) or objects(verb) or _subjects_above(verb)
        return _passive(_shared_agents(verb), undergoing)
    agents = [one for one in subjects(verb) if not is_expletive(one)]
    taken = {one.i for one in agents}
    return ACTIVE, agents, [one for one in (objects(verb) or recipients(verb)) if one.i not in taken]


def _passive(agents: list[Token], patients: list[Token]) -> tuple[str, list[Token], list[Token]]:
    return (PASSIVE if agents else AGENTLESS), agents, patients


def _shared_agents(verb: Token) -> list[Token]:
    """Agents of a passive, or those of the passive it is coordinated with (`door X geslagen en uitgescholden`)."""
    own = agents_of_passive(verb)
    if own:
        return own
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not own_subjects(verb):
        beside = [child for child in verb.head.children if child.dep_ == "conj" and child.i > verb.i]
        later = [one for child in beside for one in agents_of_passive(child) if one.i > child.i]
        return [one for one in agents_of_passive(verb.head) if one.i < verb.i] or later
    later = [child for child in verb.children if child.dep_ == "conj" and is_conjunct_of_passive(child)]
    shared = [one for child in later for one in agents_of_passive(child) if one.i > child.i]
    return shared or _deeper_agents(verb)


def _deeper_agents(verb: Token) -> list[Token]:
    """Who a phrase with `door` names that the tree hangs on another phrase of the clause, on no noun of a deed."""
    for token in verb.doc[verb.sent.start : verb.sent.end]:
        if token.lower_ not in BY or token.dep_ != "case" or is_in_participle(token.head, BY):
            continue
        above = token.head.head
        if (
            above.pos_ == "NOUN"
            and find_noun_event(above.lemma_.lower(), verb.doc.lang_) is not None
            and not is_charge(above)
        ):
            continue
        for _ in range(3):
            if above.i == verb.i:
                return expand(token.head)
            if above.pos_ in ("VERB", "AUX") or above.head.i == above.i:
                break
            above = above.head
    return []


def recipients(verb: Token) -> list[Token]:
    """An indirect object."""
    return [resolve_relative(m, verb) for child in children(verb, ("iobj",)) for m in expand(child)]


def _passive_subjects(verb: Token) -> list[Token]:
    found = subjects(verb) or objects(verb)  # `er werd een man opgepakt`
    return [one for one in found if not is_expletive(one)]


def _subjects_above(verb: Token) -> list[Token]:
    """Of a participle set apart (`Gesteund door de bond won zij`), the subject of the clause it belongs to."""
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and is_bare_participle(verb.head):
        return own_subjects(verb.head) or _subjects_above(verb.head)
    if verb.dep_ == "ROOT" or verb.head.i == verb.i:
        return [member for child in children(verb, ("parataxis", "conj")) for member in own_subjects(child)][:1]
    if verb.dep_ in ("appos", "nmod"):
        return [verb.head]
    return subjects(verb.head) if verb.head.pos_ in ("VERB", "AUX", "ADJ", "NOUN") else []
