"""Events of a parsed sentence: what is done, by whom and to whom, of which type, in conflict or cooperation.

Reads spaCy Docs with a tree and the event lists; returns `Action` records of tokens. To clauses of verbs and nouns it
adds phrases (`om het leven komen`), light verbs (`kritiek leveren op` is the event `kritiek`), verbs whose subject
undergoes (`omkomen`), and the adposition that marks who undergoes (`schieten op`).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from analysis.coding.language.events import Event, find_noun_event, find_verb_event, load_events
from analysis.coding.language.record import language_of
from analysis.coding.syntax.clauses import (
    ACTIVE,
    AGENTLESS,
    BETWEEN,
    DIRECTED,
    NOMINAL,
    OF,
    PASSIVE,
    Clause,
    clauses_in,
    read_noun,
)
from analysis.coding.syntax.trees import (
    children,
    expand,
    obliques,
    once,
    own_subjects,
    particle,
    preposition,
    resolve_relative,
)
from analysis.contracts.words import load_both, load_both_pairs, load_by_language

LIGHT = load_by_language("events_words", "light_verbs")
"""Verbs that carry a noun of an event: the noun says what is done."""
RECEIVE = load_by_language("events_words", "receiving_verbs")
"""Verbs that carry a noun of an event and have who undergoes it as subject (`kreeg kritiek van`)."""
MEET = load_both_pairs("events_words", "meeting_verbs")
"""The same with an adposition (`stuit op verzet van`)."""
NO_LIGHT = {
    verb: frozenset(events.split()) for verb, events in load_both_pairs("events_words", "light_verbs_by_event").items()
}
"""Verbs that are light with nouns of these types alone."""
_FROM = load_by_language("events_words", "doer_adpositions")
DITRANSITIVE = load_both("events_words", "giving_verbs")
"""Verbs of giving: who receives undergoes, not what is given."""
_RECIPIENT = load_both("events_words", "recipient_adpositions")
_NEUTER = load_both("events_words", "neuter_determiners")
_REACH = 12
"""Most tokens between a verb and the words of its phrase."""


@dataclass(frozen=True)
class Action:
    """An event and who takes part in it.

    Attributes
    ----------
    predicate : str
        Lemma: the infinitive, the noun, or the phrase.
    event : str
        Type; empty where no list has one.
    valence, voice : str
        As in the table ``actions``.
    agents, patients : tuple of Token
        Heads of the phrases of who does it and who undergoes it.
    head : Token
        The word that tells it, on which negation and hedges bear.
    tokens : tuple of int
        Positions of the words that make it up.
    is_mutual : bool
        Done by each of the agents to the other (`de oorlog tussen A en B`).
    is_given : bool
        Of a verb of giving: the patients are all that could have been given or have received.
    """

    predicate: str
    event: str
    valence: str
    voice: str
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    head: Token
    tokens: tuple[int, ...]
    is_mutual: bool = False
    is_given: bool = False


@once
def actions_from(start: Token) -> Sequence[Action]:
    """Events of the sentence that a token opens: of verbs, then of nouns."""
    return tuple(_find_actions(start.doc, start.i, start.sent.end))


def _find_actions(doc: Doc, first: int, last: int) -> Iterator[Action]:
    taken: set[int] = set()
    for clause in clauses_in(doc, first, last):
        is_noun = _is_nominal_infinitive(clause.head)
        action = _phrase(clause) or _light(clause) or (None if is_noun else _plain(clause))
        if action is not None:
            taken.update(action.tokens)
            yield action
    for token in doc[first:last]:
        if token.i not in taken and (token.pos_ == "NOUN" or _is_nominal_infinitive(token)):
            action = _noun(token)
            if action is not None:
                yield action


def _plain(clause: Clause) -> Action | None:
    event = find_verb_event(clause.lemma, clause.head.doc.lang_)
    if event is not None and event.event == "none" and event.role == "agent":
        return None
    action = _action(clause, event, clause.lemma, clause.head, clause.tokens)
    if clause.lemma in DITRANSITIVE:
        return replace(action, patients=tuple(_receiving(clause)), is_given=True)
    return _undergone(action, event, clause)


def _action(clause: Clause, event: Event | None, name: str, head: Token, tokens: Sequence[int]) -> Action:
    kind, valence = ("", "neutral") if event is None else (event.event.removeprefix("none"), event.valence)
    return Action(name, kind, valence, clause.voice, clause.agents, clause.patients, head, tuple(tokens))


def _undergone(action: Action, event: Event | None, clause: Clause) -> Action:
    """Who undergoes: the subject of some verbs, and what an adposition marks where there is no object."""
    if event is None:
        return action
    if event.role == "patient" and action.voice == ACTIVE:
        return replace(action, voice=AGENTLESS, agents=(), patients=action.agents or action.patients)
    marked = clause.marked(event.marks)
    if marked and (action.voice == ACTIVE or not action.patients):
        return replace(action, patients=tuple(marked))
    return action


def _receiving(clause: Clause) -> list[Token]:
    """Who could have received: indirect objects first, then `aan`, then the other participants."""
    subjects = own_subjects(clause.head) if clause.voice != ACTIVE else []
    found = [*clause.recipients, *clause.marked(_RECIPIENT), *clause.patients, *subjects, *_beside(clause.head)]
    agents = {agent.i for agent in clause.agents}
    return list({one.i: one for one in found if one.i not in agents}.values())


def _beside(verb: Token) -> list[Token]:
    return [resolve_relative(c, verb) for c in children(verb, ("obj", "nsubj", "nsubj:pass"))]


def _phrase(clause: Clause) -> Action | None:
    """A phrase of several words whose verb this is."""
    phrases = load_events(clause.head.doc.lang_).phrases
    for lemma in verb_lemmas(clause):
        for words, event in phrases.get(lemma, ()):
            places = place_phrase(clause.head, words)
            if places is not None:
                agents, patients = phrase_participants(clause, places)
                action = _action(clause, event, event.term, clause.head, sorted({*clause.tokens, *places}))
                return _undergone(replace(action, agents=agents, patients=patients), event, clause)
    return None


def verb_lemmas(clause: Clause) -> tuple[str, ...]:
    """Lemmas under which a phrase may list its verb: the tree may take its first word for a particle (`onder druk`)."""
    part = particle(clause.head)
    plain = clause.lemma if part is None else clause.lemma.removeprefix(part.lower_)
    return tuple(dict.fromkeys((clause.lemma, plain)))


def phrase_participants(clause: Clause, places: Sequence[int]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Agents and patients of a phrase whose words stand at `places`; those words are neither."""
    verb, inside = clause.head, set(places)
    agents = tuple(one for one in clause.agents if one.i not in inside)
    taken = inside | {one.i for one in agents}
    # `geeft Iran de schuld`: the tree may hang who gets it on the noun of the phrase.
    lower = [c for i in places for c in children(verb.doc[i], ("nsubj", "iobj", "obj", "nmod")) if c.i < i]
    options = (
        clause.patients,
        (*clause.recipients, *_beside(verb)),
        [one for one in lower if not preposition(one)],
        clause.marked(_RECIPIENT),
        # `geeft die man (...) Iran de schuld`: read as a second name of who acts
        [c for agent in agents for c in children(agent, ("appos",)) if c.pos_ == "PROPN" and children(agent, ("det",))],
    )
    found = ([one for one in option if one.i not in taken] for option in options)
    return agents, tuple(next((option for option in found if option), ()))


def place_phrase(verb: Token, words: Sequence[str]) -> tuple[int, ...] | None:
    """Where the words of a phrase stand in a row near its verb, hanging on it; None where they do not."""
    doc, sentence = verb.doc, verb.sent
    begin, end = max(sentence.start, verb.i - _REACH), min(sentence.end, verb.i + _REACH)
    for first in range(begin, end - len(words) + 1):
        row = doc[first : first + len(words)]
        if [token.lower_ for token in row] == list(words) and verb in row[-1].ancestors:
            return tuple(token.i for token in row)
    return None


def _light(clause: Clause) -> Action | None:
    """A light verb: the noun it carries is the event, its subject the agent, the marked phrase the patient."""
    lemma, verb, language = clause.lemma, clause.head, clause.head.doc.lang_
    met_with = [one.token for one in obliques(verb) if one.preposition == MEET.get(lemma)]
    is_received = lemma in RECEIVE[language] or bool(met_with)
    if lemma not in LIGHT[language] and not is_received:
        return None
    carried = [*met_with, *children(verb, ("obj",)), *clause.patients, *children(verb, ("nsubj", "nsubj:pass"))]
    for noun in carried:
        event = find_noun_event(noun.lemma_.lower(), language) if noun.pos_ == "NOUN" else None
        if event is None or event.event == "none" or event.event not in NO_LIGHT.get(lemma, {event.event}):
            continue
        marks = (event.marks or DIRECTED[language]) | _RECIPIENT
        nominal = read_noun(noun, marks=marks)
        subjects = [one for one in clause.agents if one.i != noun.i]
        is_carried = noun.i in {one.i for one in clause.agents} or (clause.voice != ACTIVE and nominal.agents)
        if not is_received and is_carried:
            continue  # `de aanval begon`, `de Turkse bombardementen zijn hervat`
        action = _action(clause, event, noun.lemma_.lower(), noun, sorted({*clause.tokens, noun.i}))
        if is_received:
            sources = _phrases((verb, noun), _FROM[language])
            voice = PASSIVE if sources else AGENTLESS
            return replace(action, voice=voice, agents=tuple(sources), patients=tuple(subjects))
        taken = {noun.i, *(one.i for one in subjects)}
        given = [one for one in (*clause.recipients, *_beside(verb)) if one.i not in taken]
        patients = nominal.patients or tuple(_phrases((verb,), marks)) or tuple(given)
        mutual = [] if subjects else _phrases((verb, noun), BETWEEN)
        return replace(action, agents=tuple(subjects or mutual), patients=patients, is_mutual=bool(mutual))
    return None


def _phrases(words: Sequence[Token], adpositions: Container[str]) -> list[Token]:
    found = [one.token for word in words for one in obliques(word) if one.preposition in adpositions]
    return [member for one in found for member in expand(one)]


def _is_nominal_infinitive(token: Token) -> bool:
    """An infinitive used as a noun (`het treiteren van`)."""
    if token.pos_ not in ("VERB", "NOUN") or not token.lower_.endswith("n"):
        return False
    has_article = any(c.lower_ in _NEUTER for c in children(token, ("det",)))
    return has_article and any(one.preposition in OF[token.doc.lang_] for one in obliques(token))


def _noun(token: Token) -> Action | None:
    lemma, language = token.lemma_.lower(), language_of(token)
    if not language.has("closed_compounds") and token.i + 1 < token.sent.end and token.nbor().pos_ in ("NOUN", "PROPN"):
        return None  # `aid workers`: of which kind they are
    event = find_noun_event(lemma, language.code)
    if event is None and _is_nominal_infinitive(token):
        lemma = token.lower_
        verb = find_verb_event(lemma, language.code)
        event = None if verb is None else replace(verb, pos="noun", role="patient", marks=frozenset())
    if event is None or event.event == "none":
        return None
    clause = read_noun(token, undergone_by_of=event.role == "patient", marks=event.marks)
    between = {one.token.i for one in obliques(token) if one.preposition in BETWEEN}
    is_mutual = len(clause.agents) > 1 and any(agent.i in between for agent in clause.agents)
    return replace(_action(clause, event, lemma, token, clause.tokens), voice=NOMINAL, is_mutual=is_mutual)
