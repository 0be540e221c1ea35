"""Trees: what a word of a parsed sentence governs, and who shares its subject.

Reads spaCy Docs with Universal Dependencies (the shipped model's, or those of another pipeline that uses them); returns
tokens. Nothing here knows of actors: a participant is the token that heads its phrase. A Doc without a tree has no
participants; `has_tree` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from functools import wraps
from typing import NamedTuple, TypeVar

from spacy.tokens import Doc, Token

from analysis.coding.language.record import language_of
from analysis.coding.syntax.participles import BY, is_in_participle
from analysis.contracts.words import load_both, load_both_pairs, load_by_language

SUBJECTS = frozenset(["nsubj", "csubj", "nsubj:outer"])
PASSIVE_SUBJECTS = frozenset(["nsubj:pass", "csubj:pass"])
OBJECTS = frozenset(["obj"])
AGENTS = frozenset(["obl:agent"])
OBLIQUES = frozenset(["obl", "obl:arg", "nmod", "iobj", "obl:agent"])
RELATIVE_CLAUSES = frozenset(["acl:relcl"])
RELATIVES = load_by_language("clauses", "relative_pronouns")
ONE_PERSON = load_both("pronouns", "one_person")
"""Pronouns that are no subject of a verb in the plural."""
OBJECT_CONTROL = load_both("verbs", "object_control_verbs")
"""Verbs whose object, where there is one, does what the infinitive says: `hij dwingt de minister op te stappen`."""
NEEDS_OBJECT = load_both("verbs", "needed_object_verbs")
"""Those that have an object whenever they are active: the tree may have hung it on the infinitive."""
_CALLING = load_both_pairs("verbs", "particles_before_infinitive")
"""Verbs with a particle before the infinitive they govern, which may read as an adposition."""
_NO_PARTICLES = load_both("verbs", "no_particles")
_BECOMES = load_both("verbs", "inchoative_passive_verbs")
OF_PREPOSITIONS = load_both("function_words", "of_prepositions")
INFINITIVE_MARKERS = load_both("clauses", "infinitive_markers")
_CLIMB = 6
"""Most clauses that a subject is looked for upwards: deeper chains are errors of the tree."""


Place = TypeVar("Place", bound=Token | Doc)
Found = TypeVar("Found")


class Oblique(NamedTuple):
    """A phrase with an adposition: the word before it, and the token that heads it."""

    preposition: str
    token: Token


def has_tree(doc: Doc) -> bool:
    """Whether a Doc has been parsed."""
    return bool(doc.has_annotation("DEP"))


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


def once(function: Callable[[Place], Found]) -> Callable[[Place], Found]:
    """Let a function of a token, or of a Doc, work out each answer once: it is kept as long as the Doc is.

    Whoever asks gets the same object, which nobody may change.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def ask(place: Place) -> Found:
        doc, i = (place, -1) if isinstance(place, Doc) else (place.doc, place.i)
        known: dict[int, Found] = doc.user_data.setdefault(name, {})
        if i not in known:
            known[i] = function(place)
        return known[i]

    return ask


@once
def _dependents(doc: Doc) -> list[list[tuple[str, Token]]]:
    """Of each token its dependents in text order, with their relations."""
    found: list[list[tuple[str, Token]]] = [[] for _ in doc]
    for token in doc:
        if token.head.i != token.i:
            found[token.head.i].append((token.dep_, token))
    return found


def children(token: Token, relations: Container[str]) -> list[Token]:
    """Dependents of a token by any of these relations, in text order."""
    return [child for relation, child in _dependents(token.doc)[token.i] if relation in relations]


@once
def expand(token: Token) -> list[Token]:
    """A token and what is coordinated with it (`Jansen, De Wit en Bos`), in text order."""
    found = [token]
    for member in found:
        found += [child for child in children(member, ("conj",)) if child.pos_ not in ("VERB", "AUX")]
        if any(child.lower_ == "zowel" for child in member.children):
            # `zowel X als Y`, which the tree gives as an apposition or a comparison
            second = (c for c in children(member, ("appos", "nmod", "advcl", "obl")) if c.i > member.i)
            found += [c for c in second if any(part.lower_ == "als" for part in c.children)]
    return sorted(found, key=lambda one: one.i)


@once
def preposition(token: Token) -> str:
    """The adposition of a phrase in lower case, several words joined by a space; empty where it has none."""
    cases = [case for case in children(token, ("case",)) if case.i < token.i]
    return " ".join(part.lower_ for case in cases for part in (case, *children(case, ("fixed",))))


@once
def obliques(token: Token) -> list[Oblique]:
    """Phrases with an adposition that hang on a token."""
    found = children(token, OBLIQUES)
    return [Oblique(word, child) for child in found if (word := preposition(child))]


@once
def is_passive(verb: Token) -> bool:
    """Whether a verb has a passive auxiliary or a passive subject; `raken` makes a passive too (`raakt betrokken`)."""
    return any(
        child.dep_ in ("aux:pass", *PASSIVE_SUBJECTS) or (child.dep_ in ("aux", "cop") and child.lemma_ in _BECOMES)
        for child in verb.children
    )


def is_clause(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or a predicate with a copula, that depends as a clause does."""
    return token.pos_ in ("VERB", "AUX") or bool(children(token, ("cop",)))


@once
def clause_of(token: Token) -> Token:
    """The nearest head of a clause at or above a token."""
    for _ in range(len(token.doc)):
        if is_clause(token) and token.dep_ not in ("aux", "aux:pass", "cop", "amod"):
            return token
        if token.head.i == token.i:
            return token
        token = token.head
    return token


@once
def own_subjects(verb: Token) -> list[Token]:
    """Subjects that stand with the verb itself, active or passive, with relative pronouns resolved.

    Of two subjects that the tree gives one verb, the first is meant; the second is among the `objects`.
    """
    found = [child for child in children(verb, SUBJECTS | PASSIVE_SUBJECTS) if preposition(child) not in BY]
    if not language_of(verb).has("closed_compounds"):
        found = _last_in_row([child for child in found if child.pos_ != "DET"] or found)
    found = _agreeing(verb) or found[:1] or _inserted_subject(verb)
    return [resolve_relative(member, verb) for child in found for member in expand(child)]


def _agreeing(verb: Token) -> list[Token]:
    """The object that is the subject by its number: `dat andere landen je haten`, which a tree may turn round."""
    given, undergoing = children(verb, SUBJECTS)[:1], children(verb, OBJECTS)[:1]
    if not given or not undergoing or given[0].lower_ not in ONE_PERSON:
        return []
    forms = [verb, *children(verb, ("aux",))]
    is_plural = any(
        "Fin" in form.morph.get("VerbForm", []) and "Plur" in form.morph.get("Number", []) for form in forms
    )
    return undergoing if is_plural and "Plur" in undergoing[0].morph.get("Number", []) else []


def _last_in_row(found: Sequence[Token]) -> list[Token]:
    """The head of an English compound whose parts the tree gives a place each (`the army base`)."""
    row = list(found[:1])
    for follower in found[1:]:
        if follower.i == row[-1].i + 1:
            row.append(follower)
    return row[-1:]


def _inserted_subject(verb: Token) -> list[Token]:
    """The subject that the tree gives to a clause put in after the auxiliary (`X zou, zo blijkt uit Y, zijn ...`)."""
    finite = [child for child in children(verb, ("aux", "aux:pass", "cop")) if child.i < verb.i]
    if not finite:
        return []
    for clause in children(verb, ("advcl", "parataxis")):
        if finite[0].i < clause.i < verb.i:
            return [child for child in children(clause, SUBJECTS) if child.i < finite[0].i][:1]
    return []


@once
def subjects(verb: Token) -> list[Token]:  # noqa: PLR0911  one return for each way of sharing
    """Grammatical subjects of a verb, its own or those it shares with the verb that governs it.

    Parameters
    ----------
    verb : Token
        The head of a clause.

    Returns
    -------
    list of Token
        The subject of a first conjunct (`hij kwam en zag`), of the verb above an infinitive (`hij weigert te gaan`),
        or its object where that controls (`hij dwingt haar te gaan`); the noun of a participle or an infinitive.
        Empty where the clause has none.
    """
    for _ in range(_CLIMB):
        if found := own_subjects(verb):
            return found
        head = verb.head
        if head.i == verb.i:
            return _reduced_subject(verb)
        if verb.dep_ == "conj" and is_clause(head):
            verb = head
        elif verb.dep_ in ("xcomp", "ccomp", "advcl") and not has_finite(verb) and is_clause(head):
            if judged := _judged(verb, head):
                return judged
            objects = children(head, OBJECTS | {"iobj"})
            if head.lemma_ in NEEDS_OBJECT and not objects and not is_passive(head):
                objects = _raised(verb, head)
            if head.lemma_ in OBJECT_CONTROL and objects and verb.dep_ != "advcl":
                return [member for one in objects for member in expand(one)]
            if is_passive(head) and head.lemma_ not in OBJECT_CONTROL and not own_subjects(head):
                return []
            verb = head
        elif verb.dep_ in ("acl", "amod", *RELATIVE_CLAUSES) and not has_finite(verb):
            return _behind_noun(verb, head)
        else:
            return _reduced_subject(verb)
    return []


def _reduced_subject(verb: Token) -> list[Token]:
    """The subject that the tree gives to a participle after it (`The man arrested by police denies everything`)."""
    if not language_of(verb).has("syncretic_participles"):
        return []
    below = [c for c in children(verb, ("xcomp", "ccomp", "advcl")) if c.i < verb.i and not has_finite(c)]
    return [one for child in below[:1] for one in own_subjects(child)]


def _judged(verb: Token, head: Token) -> list[Token]:
    """Who does it in `noemt het dapper van X om te ...`."""
    for quality in children(head, ("xcomp", "obj", "advmod")):
        owners = [
            one.token for one in obliques(quality) if quality.i < one.token.i < verb.i and one.preposition == "van"
        ]
        if owners and owners[-1].right_edge.i + 1 < len(verb.doc) and owners[-1].right_edge.nbor().lower_ == "om":
            return expand(owners[-1])
    return []


def _behind_noun(verb: Token, noun: Token) -> list[Token]:
    """Who does what hangs on a noun: itself, or of an infinitive whose it is (`het is dapper van X om te`)."""
    if not any(child.lower_ in INFINITIVE_MARKERS for child in verb.children):
        return [noun]
    owners = children(noun, ("nmod:poss",))
    owners += [one.token for one in obliques(noun) if one.preposition in OF_PREPOSITIONS and one.token.i < verb.i]
    if owners:
        return expand(owners[0])
    return subjects(noun.head) if noun.dep_ in (*OBJECTS, "xcomp", "obl", "obl:arg") and is_clause(noun.head) else []


def _raised(verb: Token, head: Token) -> list[Token]:
    """The object of the verb above that hangs on its infinitive (`dat zij de minister dwong op te stappen`)."""
    return [
        child for child in children(verb, OBJECTS) if child.i < verb.i - 1 and (child.i < head.i or verb.i > head.i)
    ][:1]


@once
def has_finite(verb: Token) -> bool:
    """Whether a verb, or one of its auxiliaries, is finite."""
    forms = [verb, *children(verb, ("aux", "aux:pass", "cop"))]
    return any("Fin" in form.morph.get("VerbForm", []) for form in forms)


def resolve_relative(token: Token, verb: Token) -> Token:
    """The noun that a relative pronoun of this verb's clause stands for; any other token is itself."""
    words = RELATIVES.get(token.doc.lang_, frozenset())
    if token.lower_ not in words:
        return token
    for _ in range(_CLIMB):
        if verb.dep_ in RELATIVE_CLAUSES:
            # `X is een militie die ...`: who is a militia does it.
            is_said_of = bool(children(verb.head, ("cop",)))
            named = [c for c in children(verb.head, SUBJECTS) if c.pos_ != "PRON"] if is_said_of else []
            return named[0] if named else verb.head
        if verb.dep_ not in ("conj", "xcomp", "ccomp") or verb.head.i == verb.i:
            return token
        verb = verb.head
    return token


@once
def objects(verb: Token) -> list[Token]:
    """Direct objects of a verb, with relative pronouns resolved."""
    if _agreeing(verb):
        return children(verb, SUBJECTS)[:1]
    found = children(verb, OBJECTS)
    head = verb.head
    if verb.dep_ in ("xcomp", "ccomp") and not has_finite(verb) and head.lemma_ in NEEDS_OBJECT:
        if not children(head, OBJECTS) and not is_passive(head):
            found = [child for child in found if child not in _raised(verb, head)]
    elif verb.lemma_ in NEEDS_OBJECT and not found and not is_passive(verb):
        below = [c for c in children(verb, ("xcomp", "ccomp")) if is_clause(c) and not has_finite(c)]
        found = [one for child in below[:1] for one in _raised(child, verb)]
    if not found and not is_passive(verb):
        found = _bare_objects(verb)
    if not language_of(verb).has("closed_compounds"):
        found = _last_in_row(found)
    if not found and not is_passive(verb):
        found = children(verb, SUBJECTS)[1:2]
    return [resolve_relative(member, verb) for child in found for member in expand(child)]


def _bare_objects(verb: Token) -> list[Token]:
    """An object that the tree has among the phrases with an adposition, without having one.

    So it does with many a Dutch object before `te` (`zonder de man te arresteren`), and with English ones behind verbs.
    """
    if not language_of(verb).has("closed_compounds"):
        after = [c for c in children(verb, ("obl", "nmod", "obl:arg")) if c.i > verb.i and not preposition(c)]
        return [child for child in after if child.pos_ in ("NOUN", "PROPN", "PRON")][:1]
    if not any(child.lower_ == "te" for child in verb.children):
        return []
    before = [child for child in children(verb, ("obl",)) if child.i < verb.i and child.pos_ in ("NOUN", "PROPN")]
    return [child for child in before if not preposition(child) or _is_beside_particle(child, verb.head)][:1]


def _is_beside_particle(token: Token, verb: Token) -> bool:
    """Whether the adposition before a phrase is the particle of the verb above (`liet na de man te helpen`)."""
    part = particle(verb)
    return part is not None and part.dep_ == "case" and part.head.i == token.i


def recipients(verb: Token) -> list[Token]:
    """Indirect objects of a verb, with relative pronouns resolved."""
    return [resolve_relative(m, verb) for child in children(verb, ("iobj",)) for m in expand(child)]


@once
def agents_of_passive(verb: Token) -> list[Token]:
    """Who a passive names with `door` or `by`; a phrase of a participle before a noun is not the verb's."""
    found = [child for child in verb.children if child.dep_ in AGENTS or preposition(child) in BY]
    found = [child for child in found if not is_in_participle(child)]
    return [member for child in found for member in expand(child)]


@once
def particle(verb: Token) -> Token | None:
    """The separated particle of a verb (`viel ... aan`), the last where there are several.

    A particle right before `te` belongs to the infinitive after it, wherever the tree hangs it (`aan te kondigen`).
    """
    if verb.i >= 2 and verb.nbor(-1).lower_ == "te" and _is_particle(verb.nbor(-2)):
        return verb.nbor(-2)
    if verb.lemma_ in _CALLING and (misread := _misread_particle(verb)) is not None:
        return misread
    found = [
        child
        for child in verb.children
        if _is_particle(child)
        and not (child.i + 1 < len(verb.doc) and child.nbor().lower_ == "te")
        and child.pos_ not in ("VERB", "AUX")
    ]
    return found[-1] if found else None


def _misread_particle(verb: Token) -> Token | None:
    """The particle that the tree takes for the adposition of the next phrase (`roept X op de mannen vrij te laten`)."""
    below = [c for c in children(verb, ("xcomp", "advcl", "ccomp")) if any(part.lower_ == "te" for part in c.children)]
    for token in verb.doc[verb.i + 1 : below[0].i] if below else ():
        if token.lower_ == _CALLING[verb.lemma_] and token.dep_ == "mark" and token.head.i == below[0].i:
            return token
        if token.lower_ == _CALLING[verb.lemma_] and token.dep_ == "case":
            phrase = token.head
            if phrase.i > token.i and phrase.head.i == below[0].i:
                return token
    return None


def _is_particle(token: Token) -> bool:
    if token.lower_ == "toe" and token.i > token.sent.start and token.nbor(-1).lower_ in ("keer", "maal"):
        return False  # `tot twee keer toe`
    return token.dep_ == "compound:prt" and token.lower_ not in _NO_PARTICLES
