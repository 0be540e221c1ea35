"""Words that hand on what somebody says, in a tree: their kinds, their parts, and what hangs on them.

Reads tokens of a parsed sentence; returns kinds and tokens. `NAMES` are the steps, tests and lists that the rows of
``data/patterns/quotes.yaml`` may name in capitals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from analysis.coding.language.record import language_of
from analysis.coding.language.reporting import KINDS, load_reporting
from analysis.coding.quotes.content import DASHES, first_word, is_filler, phrase_of
from analysis.coding.syntax.participants import people_of
from analysis.coding.syntax.patterns import Names
from analysis.coding.syntax.trees import (
    INFINITIVE_MARKERS,
    agents_of_passive,
    children,
    has_finite,
    is_passive,
    obliques,
    once,
    own_subjects,
    particle,
    preposition,
    subjects,
)
from analysis.contracts.words import load_both

INNER, NARRATOR = "inner", "narrator"
"""What stands around words between marks: not said (of a phrase), or the narrator's where the cue hands on a quote."""
_CLAUSES = ("ccomp", "xcomp", "csubj", "csubj:pass")
_AUXILIARIES = ("aux", "aux:pass", "cop", "expl", "expl:pv", "mark")
_NEAR = 12
"""Most words between a verb and `that` that still tell who is addressed, and where."""
_IDIOMS = load_both("quotes", "idiom_openers")
_PLAIN_PARTICLES = load_both("quotes", "meaningful_particles")
_DETERMINERS = load_both("function_words", "speech_noun_determiners")
_CONJUNCTIONS = load_both("quotes", "content_conjunctions")
_QUESTIONS = load_both("quotes", "question_words")
_UNSAID = load_both("quotes", "unsaid_clause_openers")
_UNSAID_INFINITIVES = load_both("quotes", "unsaid_infinitives")
_NO_INFINITIVES = load_both("quotes", "verbs_without_infinitives")
_NO_QUESTIONS = load_both("quotes", "verbs_without_questions")
_OPENS_INFINITIVE = load_both("clauses", "infinitive_openers")
_EXPLETIVES = load_both("pronouns", "expletive_speakers")
_RELATIVE = load_both("quotes", "relative_openers")
_LIKENESS = load_both("function_words", "judgement_prepositions")
_NOBODY = load_both("pronouns", "nobody")
_BECOMES = load_both("quotes", "becoming_verbs")
_NAMING = load_both("quotes", "naming_verbs")
_OWNERS = load_both("function_words", "owner_prepositions")
_SHOWS = load_both("quotes", "depicting_verbs")
_BESIDE = ("nsubj", "aux", "advmod", "cc", "mark", "expl", "obj")


def kinds_of_cue(token: Token) -> frozenset[str]:
    """Kinds of cue that a word is, the first word of a phrase included; none where it hands nothing on."""
    kinds = find_kinds(token) | (frozenset(["verb"]) if _rest_of_phrase(token) else frozenset())
    is_idiom = token.i > 0 and token.nbor(-1).lower_ in _IDIOMS and not has_finite(token)
    return frozenset() if is_idiom else kinds


def find_unsaid(token: Token, source: Token | None) -> frozenset[int]:
    """Tokens that are not said: a cue with its parts and auxiliaries, and the phrase of who says it."""
    own = {*find_parts(token), *(child.i for child in children(token, _AUXILIARIES))}
    return frozenset(own if source is None else own | phrase_of(source))


def is_verb(token: Token) -> bool:
    """Whether a token is a verb with a meaning of its own."""
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "aux:pass", "cop"))


@once
def find_kinds(token: Token) -> frozenset[str]:
    """Kinds of cue that a token is, by its lemma or, where that fails, by its form."""
    reporting = load_reporting(token.doc.lang_)
    if is_noun_of_speech(token):
        return frozenset(["noun"])
    if not is_verb(token):
        return reporting.kinds.get(token.lower_, frozenset()) & {"feeling"} if token.pos_ == "ADJ" else frozenset()
    part, lemma = particle(token), name_lemma(token)
    forms = [lemma.replace(" ", "_"), token.lower_ if part is None else f"{token.lower_}_{part.lower_}"]
    if part is not None and not language_of(token).has("verb_final") and part.lower_ not in _PLAIN_PARTICLES:
        forms.append(token.lemma_.lower())
    kinds = next((found for form in forms if (found := reporting.kinds.get(form))), frozenset()) - {"noun"}
    return kinds | ({"about"} if _about(token) else frozenset())


def is_noun_of_speech(token: Token) -> bool:
    """Whether a word is a noun of speech, also one that the tree takes for a verb (`het verwijt dat`)."""
    kinds = load_reporting(token.doc.lang_).kinds
    if "noun" not in kinds.get(token.lemma_.lower(), frozenset()) | kinds.get(token.lower_, frozenset()):
        return False
    return token.pos_ == "NOUN" or (token.pos_ == "VERB" and token.i > 0 and token.nbor(-1).lower_ in _DETERMINERS)


@once
def name_lemma(verb: Token) -> str:
    """Lemma of a verb with its particle, in front where verbs close the clause (`aankondigen`), else after it."""
    lemma, part = verb.lemma_.lower(), particle(verb)
    if part is None:
        return lemma
    if not language_of(verb).has("verb_final"):
        return f"{lemma} {part.lower_}"
    return lemma if lemma.startswith(part.lower_) else part.lower_ + lemma


@once
def find_parts(token: Token) -> tuple[int, ...]:
    """Tokens of a cue: the word, its particle, and the other words of a phrase (`laten weten`), wherever they hang."""
    part, rest = particle(token), _rest_of_phrase(token)
    return tuple(sorted({token.i, *([part.i] if part is not None else []), *rest}))


def _rest_of_phrase(token: Token) -> list[int]:
    """Where the other words of a reporting phrase stand; none where the word begins no phrase."""
    phrases = load_reporting(token.doc.lang_).verbs.get(token.lower_, ()) if is_verb(token) else ()
    near = [*token.children, *(grand for child in token.children for grand in child.children)] if phrases else []
    for rest in phrases:
        places = [next((one.i for one in near if one.lower_ == word), None) for word in rest]
        if rest and None not in places:
            return [place for place in places if place is not None]
    return []


@once
def mark_of(clause: Token) -> str:
    """The conjunction of a clause (`dat`) or the marker of an infinitive (`te`); empty where it has none."""
    marks = children(clause, ("mark",))
    return next((one.lower_ for one in marks if one.i < clause.i or one.lower_ in INFINITIVE_MARKERS), "")


@once
def find_speaking(verb: Token) -> Token | None:
    """The word that heads the subject of a reporting verb; in a passive who is named with `door` or `by`."""
    if is_passive(verb):
        return next(iter(agents_of_passive(verb)), None)
    is_reduced = verb.dep_ in ("acl", "amod")
    found = [one for one in subjects(verb) if one.lower_ not in _EXPLETIVES]
    if is_reduced and "Past" in verb.morph.get("Tense", []) and not has_finite(verb):
        return None
    if found:
        return found[0]
    head = verb.head
    if is_reduced and head.pos_ in ("NOUN", "PROPN", "PRON"):
        return head
    if head.i == verb.i or is_passive(head) or verb.dep_ not in ("parataxis", "advcl", "acl", "conj", "xcomp", "amod"):
        return None
    return next((one for one in subjects(head) if one.lower_ not in _EXPLETIVES), None)


def _step_subject(token: Token) -> Iterable[Token]:
    found = find_speaking(token)
    return [] if found is None else [found]


def _step_clause(token: Token) -> list[Token]:
    """Clauses and infinitives that hang on a cue or on the verb of its phrase (`liet weten`), or follow it."""
    parts = find_parts(token)
    found = [one for i in parts for one in children(token.doc[i], _CLAUSES)]
    below = children(token, ("advcl", "acl"))
    found += [one for one in below if mark_of(one) in _CONJUNCTIONS and one.i > token.i]
    found = found or _clause_next(token, parts[-1])
    return sorted((one for one in found if one.i not in parts and not _is_of_other(one, token)), key=lambda one: one.i)


def _clause_next(token: Token, at: int) -> list[Token]:
    """A clause with a conjunction right after a cue or who is addressed, wherever the tree hangs it."""
    kinds = find_kinds(token)
    if "content" in kinds or "verb" not in kinds:
        return []
    return _next_clause(
        token,
        at,
        lambda one: one.i < at + _NEAR and not is_filler(one) and (not is_verb(one) or one.dep_ == "amod"),
    )


def _next_clause(token: Token, at: int, may_pass: Callable[[Token], bool]) -> list[Token]:
    for one in token.doc[at + 1 : token.sent.end]:
        if one.dep_ == "mark" and one.lower_ in _CONJUNCTIONS:
            return [one.head] if one.head.i > one.i else []
        if not may_pass(one):
            break
    return []


def _is_of_other(clause: Token, token: Token) -> bool:
    """Whether another reporting verb stands right before a clause: ``reageerde door aan te kondigen dat ...``."""
    before = first_word(clause).i - 1
    if before <= token.i or before in find_parts(token):
        return False
    return token.doc[before].pos_ == "VERB" and "verb" in find_kinds(token.doc[before])


def _step_infinitive(token: Token) -> list[Token]:
    """What somebody says to do: an infinitive, and who is to do it (`urged the dockers to stay`)."""
    found = [
        one
        for one in _step_clause(token)
        if one.dep_ in ("xcomp", "ccomp") and one.pos_ in ("VERB", "AUX", "ADJ", "NOUN")
    ]
    is_unsaid = not found or found[-1].lower_ in _UNSAID_INFINITIVES or find_speaking(token) is None
    is_unsaid = is_unsaid or name_lemma(token) in _NO_INFINITIVES
    if is_unsaid or (found[-1].i < token.i and not language_of(token).has("verb_final")):
        return []
    return [*(one for one in _objects(token) if token.i < one.i < found[-1].i), found[-1]]


def _objects(token: Token) -> list[Token]:
    """Objects; a second subject that the tree gives the verb is one as well."""
    second = [one for one in children(token, ("nsubj",))[1:] if one.i > token.i]
    return sorted([*children(token, ("obj", "iobj")), *second], key=lambda one: one.i)


def _step_named(token: Token) -> list[Token]:
    """The object of a verb with the name that it gets: ``noemt het plan een ramp``."""
    names = [one for one in children(token, ("xcomp", "ccomp")) if one.dep_ == "xcomp" or not is_verb(one)]
    whom = [*_objects(token), *children(token, ("nsubj:pass",))]
    is_bare = name_lemma(token) in _NAMING and bool(whom) and len(list(whom[-1].subtree)) > 2
    return [*whom, *names] if (names and whom) or is_bare else []


def _step_judged(token: Token) -> list[Token]:
    """The object of a judgement with what is held of it: ``ziet het plan als een ramp``."""
    found = [
        child
        for place in (*_objects(token), token)
        for child in children(place, ("obl", "obl:arg", "nmod", "xcomp", "advcl", "acl", "ccomp"))
        if {preposition(child), mark_of(child)} & _LIKENESS
    ]
    whom = children(token, ("nsubj:pass",)) if is_passive(token) else _objects(token)
    return [*whom, *found] if found and whom else []


def _about(token: Token) -> frozenset[str]:
    """Prepositions after which a verb says what is said (`pleiten` -> `voor`)."""
    about, part = load_reporting(token.doc.lang_).about, particle(token)
    found = about.get(name_lemma(token), frozenset())
    return found | (about.get(token.lemma_.lower(), frozenset()) & {part.lower_} if part is not None else frozenset())


def _step_about(token: Token) -> list[Token]:
    """The phrase or clause after the preposition of a verb, wherever the tree hangs it: ``pleit voor een verbod``."""
    wanted = _about(token)
    found = [one.token for one in obliques(token) if one.preposition in wanted]
    found += [one for one in children(token, ("advcl", "xcomp", "ccomp")) if mark_of(one) in wanted]
    after = find_parts(token)[-1] + 1
    if not found and after < len(token.doc) and token.doc[after].lower_ in wanted:
        found = [token.doc[after].head] if token.doc[after].head.i > after else []
    return found[:1]


def _step_next(noun: Token) -> list[Token]:
    """The clause with `dat` right after a noun of speech and what belongs to it, wherever the tree hangs it."""
    owned = {part.i for child in children(noun, ("nmod", "obl")) for part in child.subtree}
    return _next_clause(noun, noun.i, lambda one: one.i in owned)


def is_set_off(clause: Token, cue: Token) -> bool:
    """Whether punctuation parts a cue, its subject and what stands between from the words before it."""
    own = [child.i for child in children(cue, _BESIDE) if child.i < cue.i]
    start = min([cue.i, *find_parts(cue), *own])
    speaking = find_speaking(cue)
    if speaking is not None and start - _NEAR < speaking.i < start:
        start = min(phrase_of(speaking))
    before = [one for one in cue.doc[cue.sent.start : start] if one.pos_ not in ("ADV", "CCONJ", "AUX")]
    return bool(before) and is_filler(before[-1]) and clause.i != cue.i


def is_own_clause(one: Token, _cue: Token) -> bool:
    """Whether a complement is a clause of its own rather than an infinitive, and one that can be said."""
    is_finite = has_finite(one) and not language_of(one).has("verb_final")
    is_clause = bool(own_subjects(one)) or is_finite or mark_of(one) not in {"", *_OPENS_INFINITIVE}
    start = first_word(one)
    is_aside = start.i > 0 and (start.nbor(-1).text in DASHES or start.text in DASHES)
    return is_clause and not is_aside and start.lower_ not in _UNSAID


def _asks(clause: Token, cue: Token) -> bool:
    """Whether a clause after a verb of asking or telling is a question."""
    is_question = first_word(clause).lower_ in _QUESTIONS and is_own_clause(clause, cue)
    return is_question and clause.i > cue.i and name_lemma(cue) not in _NO_QUESTIONS


def _is_relative(token: Token, _cue: Token) -> bool:
    return any(one.lower_ in _RELATIVE for one in children(token, ("nsubj", "nsubj:pass", "obj", "mark")))


def _can_be_said(one: Token, cue: Token) -> bool:
    """Whether an object is something said rather than somebody; of a verb that shows, an actor must be the subject."""
    if one.pos_ in ("PRON", "DET", "NUM"):
        return False
    subject = find_speaking(cue)
    is_actor = subject is not None and (subject.pos_ in ("PRON", "PROPN") or subject.i in people_of(subject.doc))
    return is_actor or name_lemma(cue) not in _SHOWS


def _is_felt(token: Token, _cue: Token) -> bool:
    """Whether somebody is of a mind: a predicate with its copula, which nobody else brought about."""
    auxiliaries = children(token, ("cop", "aux:pass"))
    subject = find_speaking(token) or next(iter(children(token, ("nsubj:pass",))), None)
    if not auxiliaries or subject is None or any(one.lemma_ in _BECOMES for one in auxiliaries):
        return False
    return not any(one.lower_ in _NOBODY for one in (subject, *subject.lefts, subject.doc[max(subject.i - 1, 0)]))


def _is_owned(noun: Token, _cue: Token) -> bool:
    """Whether it is told whose a noun of speech is: in its phrase, or by the subject of the verb that governs it."""
    is_told = bool(children(noun, ("nmod:poss",))) or any(one.preposition in _OWNERS for one in obliques(noun))
    return is_told or (noun.dep_ in ("obj", "obl", "obl:arg") and find_speaking(noun.head) is not None)


NAMES = Names(
    kinds=(*KINDS, "about"),
    places=("source", "content"),
    needed=("content",),
    options={"beside_marks": (INNER, NARRATOR)},
    steps={
        "SUBJECT": _step_subject, "AGENT": agents_of_passive, "CLAUSE": _step_clause, "INFINITIVE": _step_infinitive,
        "JUDGED": _step_judged, "NAMED": _step_named, "ABOUT": _step_about, "NEXT": _step_next,
    },
    tests={
        "AFTER": lambda token, cue: token.i > cue.i,
        "BEFORE": lambda token, cue: token.i < cue.i,
        "OWN": is_own_clause,
        "ASKS": _asks,
        "SET_OFF": is_set_off,
        "MAIN": lambda token, cue: not _is_relative(token, cue),
        "SAYABLE": _can_be_said,
        "FELT": _is_felt,
        "OWNED": _is_owned,
    },
    words={
        "THAT": load_both("clauses", "that_conjunctions"),
        "OPENERS": load_both("quotes", "content_openers"),
        "AS": load_both("quotes", "manner_conjunctions"),
        "OWNERS": _OWNERS,
        "LIGHT": load_both("quotes", "light_verbs"),
        "COPULAS": load_both("verbs", "copulas"),
    },
)  # fmt: skip
"""What rows of patterns may name; docs/quote-patterns.md explains them. ``about`` is a verb with a preposition."""
