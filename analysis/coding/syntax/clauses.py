"""Clauses: each predicate of a parsed sentence with its agents and patients, in one shape for every voice.

Reads spaCy Docs with a tree; returns `Clause` records of tokens, worked out once per Doc and shared by every layer.
Active, passive and noun give the same agent and patient; a passive without `door` or `by` has no agent and says so.
Which tokens are actors is decided by whoever asks.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from analysis.coding.language.events import find_noun_event
from analysis.coding.syntax.participles import BY, attributive_agent, is_in_participle, modifies_next
from analysis.coding.syntax.trees import (
    OBLIQUES,
    Oblique,
    agents_of_passive,
    children,
    expand,
    is_passive,
    objects,
    obliques,
    once,
    own_subjects,
    particle,
    preposition,
    recipients,
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
from analysis.contracts.words import load_both, load_by_language

ACTIVE, PASSIVE, AGENTLESS, NOMINAL = "active", "passive", "agentless_passive", "nominal"
OF = load_by_language("function_words", "of_prepositions")
DIRECTED = load_by_language("function_words", "directed_prepositions")
"""Adpositions after a noun of a deed that name who undergoes it (`de aanval op`, `de steun aan`)."""
BETWEEN = load_both("function_words", "between_prepositions")
_NO_PREDICATES = frozenset(["aux", "aux:pass", "cop", "case", "mark", "cc", "fixed", "flat"])
_COMPLEMENTS = ("ccomp", "csubj", "xcomp", "csubj:pass", "advcl", "acl", "acl:relcl")
_PHASES = load_both("verbs", "phase_verbs")
"""Verbs that say nothing themselves before a bare infinitive (`gaat helpen`)."""
_ACTS_ON_RECEIVER = load_both("function_words", "receiver_agent_prepositions")
_OPENERS = load_both("claims", "clause_openers")
_TIMES = load_both("clauses", "time_words")
_UNDERGOING = load_both("clauses", "undergone_nouns")
_UNDERGOING_ENDINGS = tuple(sorted(load_both("clauses", "undergone_noun_endings")))
"""Nouns whose `van` names who undergoes (`de arrestatie van de man`); of others, who acts (`de kritiek van`)."""


@dataclass(frozen=True)
class Clause:
    """A deed, statement or state and who takes part in it.

    Attributes
    ----------
    head : Token
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

    head: Token
    lemma: str
    voice: str
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    obliques: tuple[Oblique, ...]
    tokens: tuple[int, ...]

    @cached_property
    def recipients(self) -> tuple[Token, ...]:
        """Indirect objects."""
        return tuple(recipients(self.head))

    def marked(self, adpositions: Container[str]) -> list[Token]:
        """Heads of its phrases with one of these adpositions, coordinated ones each by itself."""
        return [m for one in self.obliques if one.preposition in adpositions for m in expand(one.token)]


def clauses_in(doc: Doc, first: int, last: int) -> Iterator[Clause]:
    """Clauses of the verbs among the tokens `first` to `last` (exclusive), in text order."""
    return (clause_at(token) for token in doc[first:last] if is_predicate(token))


def find_complement(token: Token) -> Token | None:
    """The clause below a word that says what: with `dat`, or an infinitive with `te`."""
    for child in children(token, _COMPLEMENTS):
        marks = {part.lower_ for part in children(child, ("mark",))}
        is_after = child.i > token.i or child.dep_ in ("ccomp", "csubj", "xcomp")
        is_open = bool(marks & _OPENERS) or child.dep_ in ("ccomp", "csubj")
        if is_after and is_open and child.pos_ in ("VERB", "ADJ", "NOUN"):
            return child
    return None


@once
def is_predicate(token: Token) -> bool:
    """Whether a token is a verb that says something itself, no auxiliary."""
    if is_mistaken_participle(token):
        return True
    is_set_apart = token.pos_ == "ADJ" and token.dep_ == "advcl" and "Part" in token.morph.get("VerbForm", [])
    if not (token.pos_ == "VERB" or is_set_apart) or token.dep_ in _NO_PREDICATES:
        return False
    if token.dep_ == "compound:prt":
        return receiver_of(token) is not None
    if token.lemma_ in _PHASES and any(is_bare_infinitive(child) for child in children(token, ("xcomp",))):
        return False
    # `kreeg een boete opgelegd`, `valt te verwijten`: the other verb tells the deed.
    return received_by(token) is None and not any(is_blamed(child) for child in token.children)


@once
def clause_at(verb: Token) -> Clause:
    """The clause of a verb.

    Of a participle before or after a noun (`de door de politie opgepakte man`) the noun is the patient, of a present
    participle the agent. Of `is te verwijten` and `kreeg een boete opgelegd` the subject is the patient.
    """
    part = particle(verb)
    lemma = find_infinitive(verb)
    voice, agents, patients = _participants(verb, lemma)
    if voice == PASSIVE and agents and all(is_no_doer(agent, lemma) for agent in agents):
        voice, agents = AGENTLESS, []
    tokens = tuple(sorted({verb.i, *([part.i] if part is not None else [])}))
    taken = {agent.i for agent in agents}
    found = (one for one in obliques(verb) if one.token.i not in taken and not is_in_participle(one.token))
    return Clause(verb, lemma, voice, tuple(agents), tuple(patients), tuple(found), tokens)


def _participants(  # noqa: PLR0911  one return for each voice
    verb: Token, lemma: str
) -> tuple[str, list[Token], list[Token]]:
    receiver = receiver_of(verb)
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
        named = attributive_agent(verb)
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
        beside = [child for child in children(verb.head, ("conj",)) if child.i > verb.i]
        later = [one for child in beside for one in agents_of_passive(child) if one.i > child.i]
        return [one for one in agents_of_passive(verb.head) if one.i < verb.i] or later
    later = [child for child in children(verb, ("conj",)) if is_conjunct_of_passive(child)]
    shared = [one for child in later for one in agents_of_passive(child) if one.i > child.i]
    return shared or _deeper_agents(verb)


def _deeper_agents(verb: Token) -> list[Token]:
    """Who a phrase with `door` names that the tree hangs on another phrase of the clause, on no noun of a deed."""
    for token in verb.doc[verb.sent.start : verb.sent.end]:
        if token.lower_ not in BY or token.dep_ != "case" or is_in_participle(token.head):
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


def read_noun(
    noun: Token,
    *,
    undergone_by_of: bool | None = None,
    marks: frozenset[str] | None = None,
) -> Clause:
    """A noun of a deed and who takes part in it (`de luchtaanvallen van de VS op de militie`).

    Parameters
    ----------
    noun : Token
        A noun that names a deed.
    undergone_by_of : bool, optional
        Whether `van` (`of`) names who undergoes; by default the form of the noun tells (`de arrestatie van`), and
        whether another phrase names the agent.
    marks : frozenset of str, optional
        Adpositions that name who undergoes; by default `DIRECTED`.

    Returns
    -------
    Clause
        The agent stands after `door` (`by`), after `van` (`of`), as possessive or as adjective (`Amerikaanse
        luchtaanvallen`: the token of the adjective); the patient after `op`, `tegen`, `aan` and their like. Of `tussen
        X en Y` both are agents.
    """
    own = OF[noun.doc.lang_]
    directed = DIRECTED[noun.doc.lang_] if marks is None else marks
    found = _phrases(noun, directed | BY | own | BETWEEN)
    agents = [m for one in found if one.preposition in BY for m in expand(one.token)]
    patients = [m for one in found if one.preposition in directed for m in expand(one.token)]
    between = [m for one in found if one.preposition in BETWEEN for m in _both(one.token, noun)]
    whose = [m for child in children(noun, ("nmod:poss",)) for m in expand(child)] or _genitive(noun)
    of = [m for one in found if one.preposition in own for m in expand(one.token)]
    if undergone_by_of is None:
        lemma = noun.lemma_.lower()
        undergone_by_of = lemma in _UNDERGOING or lemma.endswith(_UNDERGOING_ENDINGS) or bool(agents)
    if of and own <= directed:
        patients = [one for one in patients if one not in of] or of
    elif of and (agents or undergone_by_of) and not patients:
        patients = of
    else:
        agents = agents or of
    if whose and undergone_by_of and not patients:
        patients = whose  # `zijn arrestatie`
    else:
        agents = agents or whose
    agents = between or agents or [child for child in children(noun, ("amod",)) if child.text[:1].isupper()]
    agents = [one for one in agents if one.i not in {patient.i for patient in patients}]
    taken = {one.i for one in (*agents, *patients)}
    others = tuple(one for one in found if one.token.i not in taken)
    return Clause(noun, noun.lemma_.lower(), NOMINAL, tuple(agents), tuple(patients), others, (noun.i,))


def _phrases(noun: Token, wanted: Collection[str]) -> list[Oblique]:
    """Phrases on the noun, and those right after them that the tree hangs higher (`de arrestatie van X door Y`)."""
    found = [one for one in obliques(noun) if not is_in_participle(one.token)]
    if is_charge(noun):
        return [one for one in found if one.preposition not in BY]
    end = max([noun.i, *(token.i for one in found if one.token.i > noun.i for token in one.token.subtree)]) + 1
    end = _after_time(noun, end)
    while end < noun.sent.end and noun.doc[end].dep_ == "case":
        head = noun.doc[end].head
        word = preposition(head)
        is_higher = head.dep_ in OBLIQUES and head.head.i != noun.i and head.i > end
        if not is_higher or word not in wanted or (word not in BY and head.dep_ == "obl:agent"):
            break
        if word in BY and _is_passive_after(head):
            break
        found.append(Oblique(word, head))
        end = head.right_edge.i + 1
    return found


def _after_time(noun: Token, end: int) -> int:
    """The position after a phrase of time between a noun and its own phrases (`de aanvallen dit weekeinde van X`)."""
    for index in range(end, min(end + 3, noun.sent.end)):
        token = noun.doc[index]
        if token.lemma_.lower() in _TIMES or token.lower_ in _TIMES:
            return index + 1
        if token.pos_ not in ("DET", "ADJ", "PRON"):
            break
    return end


def _is_passive_after(head: Token) -> bool:
    """Whether the verb that a phrase with `door` hangs on is a passive that would be without a doer."""
    before = any(child.i < head.i for child in children(head.head, ("aux:pass",)))
    return before and head.dep_ == "obl:agent"


def _both(token: Token, noun: Token) -> list[Token]:
    """Those between whom something is, a second one that the tree hangs on the noun included."""
    second = [c for c in children(noun, ("conj",)) if c.i > token.i and children(c, ("cc",))]
    members = expand(token)
    return members if len(members) > 1 else members + second[:1]


def _genitive(noun: Token) -> list[Token]:
    """A name in the genitive before the noun (`Van Aalsts verwijt`)."""
    found = [c for c in children(noun, ("nmod", "det", "amod")) if c.i < noun.i and c.pos_ == "PROPN"]
    return [one for one in found if one.lower_.endswith(("s", "'", "’")) and not preposition(one)]
