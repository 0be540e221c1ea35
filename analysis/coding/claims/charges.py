"""Charges: each place in a parsed sentence where somebody is held responsible, with who, whom and what for.

Reads spaCy Docs with a tree and the words of `blame`; returns `Charge` rows of tokens. Which tokens are actors, and who
speaks where nobody is named, is decided by whoever asks (`responsibility`).
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from analysis.coding.actions.deeds import Deed, find_deeds, phrase_participants, place_phrase, verb_lemmas
from analysis.coding.claims.blame import Blame, BlameWords, load_blame
from analysis.coding.language.events import find_noun_event
from analysis.coding.syntax.nominals import read_noun
from analysis.coding.syntax.predicates import ACTIVE, Predicate, find_predicates, recipients
from analysis.coding.syntax.trees import (
    children,
    expand,
    has_finite,
    objects,
    obliques,
    own_subjects,
    preposition,
    subjects,
)
from analysis.coding.syntax.voices import is_blamed, is_raised
from analysis.contracts.words import load_both

INVOLVEMENT = load_both("claims", "involvement_nouns")
"""Nouns whose phrase tells the event: `ontkent betrokkenheid bij de aanval`."""
_INVOLVED_IN = load_both("claims", "involvement_adpositions")
_ADDRESS = load_both("claims", "address_nouns")
_OF = load_both("claims", "possessor_adpositions")
_IT = load_both("claims", "object_pronouns")
_THAT = load_both("claims", "complementisers")
_NEUTER = load_both("claims", "neuter_determiners")
_CLAUSES = ("ccomp", "xcomp", "csubj", "advcl", "acl")
_PLACES = frozenset(["subject", "object", "self", "clause", "agent", "patient", "owner"])
_MARKS = load_both("claims", "clause_openers")


@dataclass(frozen=True)
class Charge:
    """Somebody held responsible, or the like.

    Attributes
    ----------
    blame : Blame
        The word or phrase of the list.
    head : Token
        On which negation and hedges bear.
    tokens : tuple of int
        Positions of the words that say it.
    accusers, accused : tuple of Token
        Heads of their phrases; no accuser where the sentence names none.
    event : tuple of Token
        The words that say what for, in text order; empty where nothing does.
    """

    blame: Blame
    head: Token
    tokens: tuple[int, ...]
    accusers: tuple[Token, ...]
    accused: tuple[Token, ...]
    event: tuple[Token, ...]


def find_charges(doc: Doc, first: int, last: int, language: str) -> Iterator[Charge]:
    """Charges among the tokens `first` to `last` (exclusive): of verbs and phrases, of states, then of nouns."""
    words = load_blame(language)
    taken: set[int] = set()
    for predicate in find_predicates(doc, first, last, language):
        charge = _phrase(predicate, words) or _verb(predicate, words, language)
        if charge is not None:
            taken.update(charge.tokens)
            yield charge
    for token in doc[first:last]:
        if token.i not in taken and (charge := _state(token, words)) is not None:
            taken.update(charge.tokens)
            yield charge
    for deed in find_deeds(doc, first, last, language):
        if deed.head.pos_ == "NOUN" and not taken.intersection(deed.tokens):
            blame = words.nouns.get(deed.head.lemma_.lower())
            if blame is not None:
                yield _noun(deed, blame)


def _phrase(predicate: Predicate, words: BlameWords) -> Charge | None:
    for lemma in verb_lemmas(predicate):
        for rest, blame in words.phrases.get(lemma, ()):
            places = place_phrase(predicate.token, rest)
            if places is not None:
                agents, patients = phrase_participants(predicate, places)
                if "object" in blame.event and "object" in blame.accused:
                    # `schuift de minister het lek in de schoenen`: first who, then what
                    patients = _objects_in_order(predicate, patients, {*places, *(one.i for one in agents)})
                return _charge(blame, predicate, tuple(sorted({*predicate.tokens, *places})), agents, patients)
    return None


def _objects_in_order(predicate: Predicate, patients: Sequence[Token], taken: Container[int]) -> tuple[Token, ...]:
    verb = predicate.token
    found = [*patients, *recipients(verb), *objects(verb), *children(verb, ("nsubj", "nsubj:pass"))]
    kept = {one.i: one for one in found if one.i not in taken}
    return tuple(kept[i] for i in sorted(kept))


def _verb(predicate: Predicate, words: BlameWords, language: str) -> Charge | None:
    for blame in words.verbs.get(predicate.lemma, ()):
        agents, patients = predicate.agents, predicate.patients
        if blame.needs and not any(_is_needed(one, blame, language) for one in (*patients, *objects(predicate.token))):
            continue
        given = recipients(predicate.token)
        if given and "object" in blame.accused:
            patients = tuple(given)
        if "owner" in blame.accused and not _phrases(_beside(predicate.token), blame.event):
            continue
        is_marked = not _PLACES.intersection(blame.accused)
        if is_marked and not _phrases([predicate.token, *patients], blame.accused):
            continue
        needs_clause = "clause" in blame.event and not blame.needs and "object" not in blame.event and not patients
        if needs_clause and _clause(predicate.token) is None:
            continue
        return _charge(blame, predicate, predicate.tokens, agents, patients)
    return None


def _beside(verb: Token) -> list[Token]:
    """A verb, and those it is told with (`liet weten in X een aanval te zien`), on which its phrases may hang."""
    above = verb.head if verb.dep_ in ("xcomp", "ccomp") else verb
    return [verb, above, *children(above, ("xcomp",))]


def _is_needed(token: Token, blame: Blame, language: str) -> bool:
    lemma = token.lemma_.lower()
    event = find_noun_event(lemma, language)
    return lemma in blame.needs or (event is not None and f"@{event.event}" in blame.needs)


def _charge(
    blame: Blame, predicate: Predicate, tokens: tuple[int, ...], agents: Sequence[Token], patients: Sequence[Token]
) -> Charge:
    verb = predicate.token
    places = [verb, *(verb.doc[i] for i in tokens if i != verb.i)]
    clause = _clause(verb)
    accusers: Sequence[Token] = agents
    if blame.accuser not in ("subject", "author"):
        accusers = [m for one in _phrases([verb], (blame.accuser,)) for m in expand(one)]
    elif blame.accuser == "author":
        accusers = ()
    elif is_blamed(verb):
        blame, accusers = replace(blame, accuser="author"), ()  # `is te wijten aan`: who says so is who speaks
    accused = [
        one for one in _accused(blame, predicate, agents, patients, (accusers, clause, places)) if one.i not in tokens
    ]
    if clause is None and "clause" in blame.event:
        clause = next((below for one in accused if (below := _clause_behind(one)) is not None), None)
    around = [*places, *(accused if blame.accused[0] != "self" else ()), *(one for one in accusers if one.i > verb.i)]
    event = _event(
        blame, _beside(verb) if "owner" in blame.accused else around, clause, (*accused, *accusers), patients
    )
    above = is_raised(verb)
    if above is not None and "clause" in blame.event:
        event = _trim([one for one in above.subtree if one.i > verb.i])
    return Charge(blame, verb, tokens, tuple(accusers), tuple(accused), _trim([o for o in event if o.i not in tokens]))


def _accused(
    blame: Blame,
    predicate: Predicate,
    agents: Sequence[Token],
    patients: Sequence[Token],
    found_before: tuple[Sequence[Token], Token | None, Sequence[Token]],
) -> list[Token]:
    """Who is accused: those at the first of the places of the list where there is anybody."""
    accusers, clause, places = found_before
    around = [*places, *patients, *([clause] if clause is not None else [])]
    objects_only = [one for one in patients if one.lower_ not in _IT]
    options = {
        "object": objects_only[:1] if "object" in blame.event and not blame.needs else objects_only,
        "subject": list(agents or (() if predicate.voice == ACTIVE else patients)),
        "owner": [one for deed in patients for one in read_noun(deed, predicate.token.doc.lang_).agents],
        "self": list(accusers),
        "clause": [] if clause is None else _blamed_in(clause),
    }
    for where in blame.accused:
        found = options[where] if where in options else [m for p in _phrases(around, (where,)) for m in expand(p)]
        if found:
            return found
    return []


def _event(
    blame: Blame,
    places: Sequence[Token],
    clause: Token | None,
    accused: Sequence[Token],
    patients: Sequence[Token],
) -> tuple[Token, ...]:
    """What for: the first that is there of the places the list names."""
    taken = {one.i for one in accused}
    for where in blame.event:
        if where == "clause":
            if clause is not None:
                return _words_of_clause(clause)
        elif where in ("object", "subject"):
            found = [*patients, *objects(places[0])] if where == "object" else own_subjects(places[0])
            found = [one for one in found if one.i not in taken and one.lower_ not in _IT]
            if found:
                words = _words_of_noun(found[0])
                below = {one.i for phrase in accused for one in phrase.subtree if phrase.i > found[0].i}
                cases = {one.i for phrase in accused for one in phrase.children if one.dep_ == "case"}
                return _trim([one for one in words if one.i not in below | cases])
        else:
            found = [one for one in _phrases(places, (where,)) if one.i not in taken]
            if found:
                return _words(found[0])
            if tail := _tail(places, where):
                return tail
    return ()


def _tail(places: Sequence[Token], word: str) -> tuple[Token, ...]:
    """A phrase whose adposition the tree takes for a part of the name before it (`accused the board of fraud`)."""
    for place in places:
        for child in place.children:
            if child.lower_ == word and child.dep_ in ("flat", "fixed") and child.i > place.i:
                return _trim([one for one in place.subtree if one.i > child.i])
    return ()


def _state(token: Token, words: BlameWords) -> Charge | None:
    """`is verantwoordelijk voor`, `is de bron van`: a state with a copula, or one set beside who is in it."""
    blame = words.states.get(token.lemma_.lower()) or words.states.get(token.lower_)
    if blame is None or not any(child.dep_ == "cop" for child in token.children):
        return None
    if any(child.dep_ == "case" for child in token.children):
        return None
    subject = subjects(token)
    accused: list[Token] = []
    for where in blame.accused:
        accused += subject if where == "subject" else [m for o in _phrases([token], (where,)) for m in expand(o)]
    event: tuple[Token, ...] = ()
    for where in blame.event:
        found = own_subjects(token) if where == "subject" else _phrases([token], (where,))
        found = [one for one in found if one.i not in {a.i for a in accused}]
        if found and not event:
            event = _words(found[0])
    return Charge(blame, token, (token.i,), (), tuple(accused), event)


def _noun(deed: Deed, blame: Blame) -> Charge:
    """`de beschuldiging van X aan het adres van Y`."""
    noun = deed.head
    accused: list[Token] = list(deed.agents if blame.accused == ("agent",) else deed.patients)
    addressed = [one for one in accused if one.lemma_.lower() in _ADDRESS]
    beside = [one.token for one in obliques(noun) if one.token.lemma_.lower() in _ADDRESS]
    for address in addressed or beside:
        accused = [m for one in obliques(address) if one.preposition in _OF for m in expand(one.token)]
    clause = next((c for c in noun.children if c.dep_ in _CLAUSES and c.pos_ in ("VERB", "ADJ", "NOUN")), None)
    if not accused and clause is not None and blame.stance in ("accuses", "demands"):
        accused = _blamed_in(clause)
    accusers = tuple(one for one in deed.agents if _is_somebody(one))
    if not accusers and blame.stance in ("accuses", "demands"):
        # `the accusation of the union against the mayor`: somebody, or a deed (`of fraud`)
        accusers = tuple(one for one in _phrases([noun], _OF) if _is_somebody(one) and one not in accused)
    taken = {one.i for one in (*accusers, *accused, *deed.patients)}
    event: tuple[Token, ...] = ()
    for where in blame.event:
        if where == "clause" and clause is not None:
            event = event or _words_of_clause(clause)
        else:
            found = [one.token for one in obliques(noun) if one.preposition == where and one.token.i not in taken]
            event = event or (_words(found[0]) if found else ())
    return Charge(blame, noun, deed.tokens, tuple(accusers), tuple(accused), event)


def _is_somebody(token: Token) -> bool:
    """Whether the reading takes a token to be people or an organisation; failing that, whether it names no deed."""
    spans = (*token.doc.ents, *token.doc.spans.get("actors", []))
    if any(span.start <= token.i < span.end for span in spans):
        return True
    return find_noun_event(token.lemma_.lower(), token.doc.lang_) is None and not token.lower_.endswith("ing")


def _phrases(places: Sequence[Token], wanted: Collection[str]) -> list[Token]:
    """Heads of phrases with one of these adpositions on any of the words, in text order."""
    found = {one.token.i: one.token for place in places for one in obliques(place) if one.preposition in wanted}
    return [found[i] for i in sorted(found)]


def _clause(verb: Token) -> Token | None:
    """The clause that says what: with `dat`, or an infinitive with `te`."""
    for child in children(verb, _CLAUSES):
        if child.i < verb.i and child.dep_ != "ccomp":
            continue
        marks = {part.lower_ for part in child.children if part.dep_ == "mark"}
        if marks & _MARKS or child.dep_ in ("ccomp", "csubj"):
            return child
    return None


def _clause_behind(noun: Token) -> Token | None:
    """A clause with `dat` that the tree hangs on who is accused, as a relative one (`verwijt de man dat hij liegt`)."""
    for child in children(noun, ("acl", "acl:relcl", "ccomp", "advcl")):
        opens = child.left_edge.lower_ in _THAT
        is_neuter = any(one.dep_ == "det" and one.lower_ in _NEUTER for one in noun.children)
        if opens and child.i > noun.i and not is_neuter:
            return child
    return None


def _blamed_in(clause: Token) -> list[Token]:
    """Who does what a clause tells: its subject, of an active; nobody of a passive."""
    if any(child.dep_ == "aux:pass" for child in clause.children):
        return []
    if has_finite(clause):
        return own_subjects(clause)
    return own_subjects(clause) or recipients(clause.head) or objects(clause.head) or subjects(clause)


def _words(token: Token) -> tuple[Token, ...]:
    """A phrase without its adposition and without commas at its ends."""
    cases = {p.i for child in token.children if child.dep_ == "case" and child.i < token.i for p in child.subtree}
    return _trim([one for one in token.subtree if one.i not in cases])


def _words_of_noun(token: Token) -> tuple[Token, ...]:
    """A phrase; of `betrokkenheid bij` and its like, what it is about."""
    if token.lemma_.lower() in INVOLVEMENT:
        about = [child for child in token.children if child.dep_ in ("nmod", "obl") and preposition(child)]
        if not about:
            beside = obliques(token.head)
            about = [o.token for o in beside if o.token.i > token.i and o.preposition in _INVOLVED_IN]
        if about:
            return _words(about[0])
    return _words(token)


def _words_of_clause(clause: Token) -> tuple[Token, ...]:
    """A clause without the word that opens it."""
    words = list(clause.subtree)
    while words and (words[0].dep_ == "mark" or words[0].is_punct or words[0].lower_ in _THAT):
        words = words[1:]
    return _trim(words)


def _trim(words: Sequence[Token]) -> tuple[Token, ...]:
    """Words in a row, from the first that is no mark of punctuation to the last."""
    kept = [one for one in words if not one.is_space]
    while kept and kept[0].is_punct:
        kept = kept[1:]
    while kept and kept[-1].is_punct:
        kept = kept[:-1]
    return tuple(kept)
