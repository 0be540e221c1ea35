"""Deeds: what is done in a parsed sentence, by whom and to whom, of which type, in conflict or cooperation.

Reads spaCy Docs with a tree and the event lists; returns `Deed` rows of tokens. On `predicates` and `nominals` it
adds phrases (`om het leven komen`), light verbs (`kritiek leveren op` is the deed `kritiek`), verbs whose subject
undergoes (`omkomen`), and the adposition that marks who undergoes (`schieten op`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from analysis.coding.language.events import Event, find_noun_event, find_verb_event, load_events
from analysis.coding.syntax.nominals import BETWEEN, DIRECTED, OF, read_noun
from analysis.coding.syntax.predicates import (
    ACTIVE,
    AGENTLESS,
    NOMINAL,
    PASSIVE,
    Predicate,
    find_predicates,
    recipients,
)
from analysis.coding.syntax.trees import (
    children,
    expand,
    obliques,
    own_subjects,
    particle,
    preposition,
    resolve_relative,
)
from analysis.contracts.words import load_both, load_both_pairs, load_by_language, load_words

LIGHT = load_by_language("events_words", "light_verbs")
"""Verbs that carry a noun of a deed: the noun tells what is done."""
RECEIVE = load_by_language("events_words", "receiving_verbs")
"""Verbs that carry a noun of a deed and have who undergoes it as subject (`kreeg kritiek van`)."""
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
_NEUTER = load_words("events_words", "neuter_determiners", "nl")
_REACH = 12


@dataclass(frozen=True)
class Deed:
    """A deed and who takes part in it.

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
    lemma : str
        Of the verb or noun alone.
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
    lemma: str = ""


def find_deeds(doc: Doc, first: int, last: int, language: str) -> Iterator[Deed]:
    """Deeds told by the tokens `first` to `last` (exclusive): of verbs, then of nouns, each in text order."""
    taken: set[int] = set()
    for predicate in find_predicates(doc, first, last, language):
        nominal = _is_noun_of_deed(predicate.token)
        deed = (
            _phrase(predicate, language)
            or _light(predicate, language)
            or (None if nominal else _plain(predicate, language))
        )
        if deed is not None:
            taken.update(deed.tokens)
            yield deed
    for token in doc[first:last]:
        if token.i not in taken and (token.pos_ == "NOUN" or _is_noun_of_deed(token)):
            deed = _noun(token, language)
            if deed is not None:
                yield deed


def _plain(predicate: Predicate, language: str) -> Deed | None:
    event = find_verb_event(predicate.lemma, language)
    if event is not None and event.event == "none" and event.role == "agent":
        return None
    deed = _deed(predicate, event, predicate.lemma, predicate.token, predicate.tokens)
    if predicate.lemma in DITRANSITIVE:
        return replace(deed, patients=tuple(_receiving(predicate)), is_given=True)
    return _undergone(deed, event, predicate)


def _deed(predicate: Predicate, event: Event | None, name: str, head: Token, tokens: Sequence[int]) -> Deed:
    return Deed(
        name,
        "" if event is None or event.event == "none" else event.event,
        "neutral" if event is None else event.valence,
        predicate.voice,
        predicate.agents,
        predicate.patients,
        head,
        tuple(tokens),
        lemma=predicate.lemma,
    )


def _undergone(deed: Deed, event: Event | None, predicate: Predicate) -> Deed:
    """Who undergoes: the subject of some verbs, and what an adposition marks where there is no object."""
    if event is None:
        return deed
    if event.role == "patient" and deed.voice == ACTIVE:
        return replace(deed, voice=AGENTLESS, agents=(), patients=deed.agents or deed.patients)
    if event.marks and (not deed.patients or deed.voice in (ACTIVE, PASSIVE)):
        marked = [m for one in predicate.obliques if one.preposition in event.marks for m in expand(one.token)]
        if marked and (deed.voice == ACTIVE or not deed.patients):
            return replace(deed, patients=tuple(marked))
    return deed


def _receiving(predicate: Predicate) -> list[Token]:
    """Who could have received: indirect objects first, then `aan`, then the other participants."""
    verb = predicate.token
    marked = [m for one in predicate.obliques if one.preposition in _RECIPIENT for m in expand(one.token)]
    subjects = own_subjects(verb) if predicate.voice != ACTIVE else []
    others = [resolve_relative(c, verb) for c in children(verb, ("obj", "nsubj", "nsubj:pass"))]
    found = [*recipients(verb), *marked, *predicate.patients, *subjects, *others]
    agents = {agent.i for agent in predicate.agents}
    return list({one.i: one for one in found if one.i not in agents}.values())


def _phrase(predicate: Predicate, language: str) -> Deed | None:
    """A phrase of several words whose verb this is."""
    phrases = load_events(language).phrases
    for lemma in verb_lemmas(predicate):
        for words, event in phrases.get(lemma, ()):
            places = place_phrase(predicate.token, words)
            if places is not None:
                tokens = tuple(sorted({*predicate.tokens, *places}))
                deed = _deed(predicate, event, event.term, predicate.token, tokens)
                agents, patients = phrase_participants(predicate, places)
                return _undergone(replace(deed, agents=agents, patients=patients), event, predicate)
    return None


def verb_lemmas(predicate: Predicate) -> tuple[str, ...]:
    """Lemmas under which a phrase may list its verb: the tree may take its first word for a particle (`onder druk`)."""
    part = particle(predicate.token)
    plain = predicate.lemma if part is None else predicate.lemma.removeprefix(part.lower_)
    return tuple(dict.fromkeys((predicate.lemma, plain)))


def phrase_participants(predicate: Predicate, places: Sequence[int]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Agents and patients of a phrase whose words stand at `places`; those words are neither."""
    verb, inside = predicate.token, set(places)
    agents = tuple(one for one in predicate.agents if one.i not in inside)
    taken = inside | {one.i for one in agents}
    patients = [one for one in predicate.patients if one.i not in taken]
    if not patients:
        patients = [one for one in (*recipients(verb), *_objects_beside(verb)) if one.i not in taken]
    if not patients:
        # `geeft Iran de schuld`: the tree may hang who gets it on the noun of the phrase.
        beside = (c for i in places for c in children(verb.doc[i], ("nsubj", "iobj", "obj", "nmod")) if c.i < i)
        patients = [one for one in beside if one.i not in taken and not preposition(one)]
    if not patients:
        marked = (m for one in predicate.obliques if one.preposition in _RECIPIENT for m in expand(one.token))
        patients = [one for one in marked if one.i not in taken]
    if not patients:
        # `geeft die man (...) Iran de schuld`: read as a second name of who acts
        beside = (c for agent in agents for c in children(agent, ("appos",)) if c.pos_ == "PROPN")
        patients = [one for one in beside if one.i not in taken and any(p.dep_ == "det" for p in one.head.children)]
    return agents, tuple(patients)


def _objects_beside(verb: Token) -> list[Token]:
    return [resolve_relative(c, verb) for c in children(verb, ("obj", "nsubj", "nsubj:pass"))]


def place_phrase(verb: Token, words: Sequence[str]) -> tuple[int, ...] | None:
    """Where the words of a phrase stand in a row near its verb, hanging on it; None where they do not."""
    doc, sentence = verb.doc, verb.sent
    begin, end = max(sentence.start, verb.i - _REACH), min(sentence.end, verb.i + _REACH)
    for first in range(begin, end - len(words) + 1):
        row = doc[first : first + len(words)]
        if [token.lower_ for token in row] == list(words) and _hangs_on(row[-1], verb):
            return tuple(token.i for token in row)
    return None


def _hangs_on(token: Token, verb: Token) -> bool:
    return any(one.i == verb.i for one in token.ancestors)


def _light(predicate: Predicate, language: str) -> Deed | None:
    """A light verb: the noun it carries is the deed, its subject the agent, the marked phrase the patient."""
    lemma, verb = predicate.lemma, predicate.token
    is_received = lemma in RECEIVE[language]
    met_with = [one.token for one in obliques(verb) if one.preposition == MEET.get(lemma)]
    if lemma not in LIGHT[language] and not is_received and not met_with:
        return None
    is_received = is_received or bool(met_with)
    carried = [*met_with, *children(verb, ("obj",)), *predicate.patients, *children(verb, ("nsubj", "nsubj:pass"))]
    for noun in carried:
        event = find_noun_event(noun.lemma_.lower(), language) if noun.pos_ == "NOUN" else None
        if event is None or event.event == "none" or event.event not in NO_LIGHT.get(lemma, {event.event}):
            continue
        marks = (event.marks or DIRECTED[language]) | _RECIPIENT
        nominal = read_noun(noun, language, marks=marks)
        beside = [m for one in obliques(verb) if one.preposition in marks for m in expand(one.token)]
        subjects = [one for one in predicate.agents if one.i != noun.i]
        is_agent = noun.i in {one.i for one in predicate.agents}
        if not is_received and (is_agent or (predicate.voice != ACTIVE and nominal.agents)):
            continue  # `de aanval begon`, `de Turkse bombardementen zijn hervat`
        deed = _deed(predicate, event, noun.lemma_.lower(), noun, sorted({*predicate.tokens, noun.i}))
        if is_received:
            sources = [
                m
                for one in (*obliques(verb), *obliques(noun))
                if one.preposition in _FROM[language]
                for m in expand(one.token)
            ]
            return replace(
                deed, voice=PASSIVE if sources else AGENTLESS, agents=tuple(sources), patients=tuple(subjects)
            )
        given = [
            c
            for c in (*recipients(verb), *_objects_beside(verb))
            if c.i != noun.i and c.i not in {s.i for s in subjects}
        ]
        patients = nominal.patients or tuple(beside) or tuple(given)
        mutual = [
            m for one in (*obliques(verb), *obliques(noun)) if one.preposition in BETWEEN for m in expand(one.token)
        ]
        return replace(
            deed, agents=tuple(subjects or mutual), patients=tuple(patients), is_mutual=bool(mutual and not subjects)
        )
    return None


def _is_noun_of_deed(token: Token) -> bool:
    """An infinitive used as a noun (`het treiteren van`)."""
    if token.doc.lang_ != "nl" or token.pos_ not in ("VERB", "NOUN") or not token.lower_.endswith("n"):
        return False
    has_article = any(c.dep_ == "det" and c.lower_ in _NEUTER for c in token.children)
    return has_article and any(one.preposition in OF["nl"] for one in obliques(token))


def _noun(token: Token, language: str) -> Deed | None:
    lemma = token.lemma_.lower()
    if language == "en" and token.i + 1 < token.sent.end and token.nbor().pos_ in ("NOUN", "PROPN"):
        return None  # `aid workers`: it tells of what kind
    event = find_noun_event(lemma, language)
    if event is None and _is_noun_of_deed(token):
        verb = find_verb_event(token.lower_, language)
        if verb is not None and verb.event != "none":
            event = replace(verb, pos="noun", role="patient", marks=frozenset())
            lemma = token.lower_
    if event is None or event.event == "none":
        return None
    predicate = read_noun(token, language, undergone_by_of=event.role == "patient", marks=event.marks)
    deed = _deed(predicate, event, lemma, token, predicate.tokens)
    is_mutual = len(deed.agents) > 1 and any(
        one.preposition in BETWEEN and one.token.i in {agent.i for agent in deed.agents} for one in obliques(token)
    )
    return replace(deed, voice=NOMINAL, is_mutual=is_mutual)
