"""Signs of framing functions: each word of the lists in a parsed sentence, with who says it, whom it is about and what.

Reads spaCy Docs with a tree and the words of `analysis.coding.claims.words`; returns `Sign` rows of tokens. Which
tokens are actors, and who speaks where nobody is named, is decided by whoever asks (`functions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from analysis.coding.actions.deeds import phrase_participants, place_phrase, verb_lemmas
from analysis.coding.claims.bearers import agents_of, find_bearers, owners, said_of
from analysis.coding.claims.causes import is_bad, read_case, read_mark
from analysis.coding.claims.modals import read_modal
from analysis.coding.claims.signs import CLAUSES, EXPLETIVES, Sign, doers_of, find_clause_below, marked_by, trim
from analysis.coding.claims.words import FunctionWord, FunctionWords, load_function_words
from analysis.coding.language.lexicon import Entry
from analysis.coding.syntax.predicates import ACTIVE, Predicate, find_predicates, recipients
from analysis.coding.syntax.trees import (
    children,
    clause_of,
    has_finite,
    objects,
    obliques,
    own_subjects,
    preposition,
    subjects,
)
from analysis.contracts.words import load_both

UNDERGOING = load_both("claims", "undergoing_verbs")
"""Verbs whose subject is not judged where what they tell is called a shame."""
_FINDING = load_both("claims", "finding_verbs")
"""Verbs whose subject judges by what they say of their object."""
_MEANING = load_both("claims", "constituting_verbs")
"""Verbs whose object says what the subject is."""
_RELATIVES = load_both("claims", "free_relatives")


def find_function_signs(doc: Doc, first: int, last: int, language: str) -> Iterator[Sign]:
    """Signs among the tokens `first` to `last` (exclusive): of verbs, modals and single words, then of sequences."""
    words = load_function_words(language)
    for predicate in find_predicates(doc, first, last, language):
        yield from _of_predicate(predicate, words)
    position = first
    while position < last:
        token = doc[position]
        found, n_words = _of_sequence(doc, position, last, words)
        if found is not None:
            yield found
            position += n_words
            continue
        sign = read_modal(token, words, language) or _of_word(token, words, language)
        if sign is not None:
            yield sign
        position += 1


def _of_predicate(predicate: Predicate, words: FunctionWords) -> Iterator[Sign]:
    language = predicate.token.doc.lang_
    for lemma in verb_lemmas(predicate):
        for rest, word in words.phrases.get(lemma, ()):
            places = place_phrase(predicate.token, rest)
            if places is not None:
                agents, patients = phrase_participants(predicate, places)
                yield _sign(word, predicate, tuple(sorted({*predicate.tokens, *places})), agents, patients)
                return
    for word in words.verbs.get(predicate.lemma, ()) if predicate.token.dep_ != "amod" else ():
        sign = _sign(word, predicate, predicate.tokens, predicate.agents, predicate.patients)
        if _is_met(sign, predicate, language):
            yield sign


def _sign(
    word: FunctionWord,
    predicate: Predicate,
    tokens: tuple[int, ...],
    agents: Sequence[Token],
    patients: Sequence[Token],
) -> Sign:
    verb = predicate.token
    clause = find_clause_below(verb)
    sources = tuple(agents) if word.source == "subject" else ()
    taken = {one.i for one in (*sources,)} | set(tokens)
    options = {
        "subject": list(agents) or (list(own_subjects(verb)) if predicate.voice == ACTIVE else []),
        "object": [*recipients(verb), *patients, *objects(verb), *_mistaken_objects(verb, agents)],
        "clause": doers_of(clause),
        "none": [],
    }
    actors: list[Token] = []
    for where in word.actor:
        found = options[where] if where in options else marked_by(verb, where)
        actors = [one for one in found if one.i not in taken]
        if actors:
            break
    event = _event(word, verb, clause, patients, {one.i for one in actors} if "object" in word.actor else set())
    shown = tokens
    mark = next((o for w in word.event for o in obliques(verb) if o.preposition == w), None)
    if mark is not None and word.needs in ("mark", "bad"):
        cases = [c.i for c in mark.token.children if c.dep_ == "case"]
        shown = tuple(sorted({*tokens, *cases, mark.token.i}))
    return Sign(word, verb, shown, sources, _with_owners(actors, word), event)


def _is_met(sign: Sign, predicate: Predicate, language: str) -> bool:
    """Whether the condition of the list holds."""
    verb, needs = predicate.token, sign.word.needs
    clause = find_clause_below(verb)
    marks = [where for where in sign.word.event if where not in ("clause", "object", "subject", "head", "owner")]
    marked = [*(w for w in (*marks, *sign.word.actor) if marked_by(verb, w))]
    below = next((c for c in children(verb, CLAUSES) if any(p.lower_ in marks for p in c.children)), None)
    states = [one for one in verb.children if one.dep_ in ("xcomp", "amod", "advcl", "obj") and one.pos_ == "ADJ"]
    is_object = bool(predicate.patients) and predicate.patients[0].lower_ not in EXPLETIVES
    return {
        "": True,
        "bad": is_bad(sign.event, language) and (not marks or bool(marked)),
        "bad_state": bool(states) and is_bad(states, language),
        "mark": bool(marked) or below is not None,
        "clause": clause is not None,
        "infinitive": clause is not None and not has_finite(clause),
        "object": is_object,
        "no_met": not marked_by(verb, "met"),
    }.get(needs, False)


def _of_word(token: Token, words: FunctionWords, language: str) -> Sign | None:
    """A noun or an adjective."""
    if token.pos_ in ("PROPN", "AUX", "ADP", "PRON"):
        return None
    lemma = token.lemma_.lower()
    word = words.find_noun(lemma, language) if token.pos_ == "NOUN" else None
    word = word or words.adjectives.get(lemma) or words.adjectives.get(token.lower_)
    if word is None or (word.needs == "copula" and not _is_predicate(token)):
        return None
    if word.pos == "noun" and language == "en" and token.dep_ == "compound":
        return None
    clause = find_clause_below(token) or _clause_beside(token)
    sources = tuple(owners(token, language)) if word.source == "owner" else _judges(token)
    actors: list[Token] = []
    for where in word.actor:
        actors = actors or {
            "bearer": [one for one in _bearers(token, word, language) if one not in sources],
            "said_of": _meant(token, language),
            "subject": list(own_subjects(token)),
            "clause": doers_of(clause),
            "none": [],
        }.get(where, marked_by(token, where))
    if word.actor == ("bearer",):
        clauses = [clause, *children(token, ("csubj",))]
        actors += [one for c in clauses if c is not None and c.lemma_ not in UNDERGOING for one in doers_of(c)]
    return Sign(word, token, (token.i,), sources, tuple(actors), _event(word, token, clause, (), set()))


def _judges(token: Token) -> tuple[Token, ...]:
    """Who is said to find or call it so (`ouders vinden het onaanvaardbaar dat`)."""
    verb = token.head
    if verb.lemma_.lower() in _FINDING and token.dep_ in ("xcomp", "obj", "advmod", "obl", "ccomp", "advcl"):
        return tuple(one for one in subjects(verb) if one.i != token.i)
    return ()


def _bearers(token: Token, word: FunctionWord, language: str) -> list[Token]:
    """On whom a judging word bears, the strongest first."""
    entry = Entry(word.term, word.pos, 0.0, "", "head", ())
    found = sorted(find_bearers(token, entry, language), key=lambda one: (-one.strength, one.token.i))
    nouns = [one.token for one in found if one.token.pos_ in ("NOUN", "VERB")]
    # `the company's treatment of workers`: whose it is stands before
    owned = [owner for noun in nouns for owner in (*children(noun, ("nmod:poss",)), *owners(noun, language))]
    own = {one.token.i for noun in nouns for one in found if one.token in owners(noun, language)}
    first = [owner for noun in nouns for owner in children(noun, ("nmod:poss",)) if own]
    return [
        *first,
        *(one.token for one in found),
        *owned,
        *(c for one in found for c in doers_of(_relative(one.token))),
    ]


def _relative(token: Token) -> Token | None:
    """A clause that stands for who is judged: `wat de havenbaas deed`."""
    if token.pos_ == "VERB":
        return token
    return next(iter(children(token, ("acl:relcl",))), None) if token.lower_ in _RELATIVES else None


def _meant(token: Token, language: str) -> list[Token]:
    """Of whom a noun is said: with a copula, or as the object of `vormen`."""
    found = list(said_of(token, language))
    verb = token.head
    if token.dep_ == "obj" and verb.lemma_ in _MEANING and verb.pos_ == "VERB":
        found += agents_of(verb)
    return found


def _of_sequence(doc: Doc, position: int, last: int, words: FunctionWords) -> tuple[Sign | None, int]:
    """Words in a row (adpositions of cause, conjunctions, and set phrases), and how many they are."""
    for row, word in words.sequences.get(doc[position].lower_, ()):
        span = list(doc[position : min(position + len(row), last)])
        if [token.lower_ for token in span] != list(row):
            continue
        tokens = tuple(token.i for token in span)
        sign = {"case": read_case, "mark": read_mark}.get(word.pos, _of_words)(span, word, tokens)
        if sign is not None:
            return sign, len(row)
    return None, 0


def _of_words(span: Sequence[Token], word: FunctionWord, tokens: tuple[int, ...]) -> Sign | None:
    """A set phrase."""
    head = next((one for one in span if one.head.i not in tokens or one.head.i == one.i), span[0])
    anchor = head if head.pos_ in ("NOUN", "VERB", "ADJ") else head.head
    if word.needs == "copula" and not any(_is_predicate(one) for one in (*span, anchor)):
        return None
    clause = find_clause_below(anchor) or _clause_beside(anchor)
    actors = doers_of(clause) if "clause" in word.actor else []
    actors += [m for where in word.actor for m in (*marked_by(anchor, where), *marked_by(anchor.head, where))]
    event = tuple(trim(list(clause.subtree))) if clause is not None else ()
    sources = tuple(subjects(clause_of(anchor))) if word.source == "subject" else ()
    return Sign(word, anchor, tokens, sources, tuple(actors), event)


def _clause_beside(token: Token) -> Token | None:
    """The clause that the verb above has beside a word (`vinden het onaanvaardbaar dat`)."""
    if token.dep_ not in ("xcomp", "obj", "advmod", "ccomp") or token.head.pos_ not in ("VERB", "AUX"):
        return None
    below = find_clause_below(token.head)
    return below if below is not None and below.i > token.i else None


def _is_predicate(token: Token) -> bool:
    return any(child.dep_ == "cop" for child in token.children)


def _mistaken_objects(verb: Token, agents: Sequence[Token]) -> list[Token]:
    """A second subject, which the tree gives for an indirect object (`adviseert ziekenhuizen om`)."""
    taken = {one.i for one in agents}
    return [one for one in children(verb, ("nsubj", "iobj")) if one.i not in taken and not preposition(one)]


def _with_owners(actors: Sequence[Token], word: FunctionWord) -> tuple[Token, ...]:
    """Of what is no actor itself, whose it is (`de lozingen van het bedrijf`)."""
    if word.function == "treatment_recommendation":
        return tuple(actors)
    return (*actors, *(owner for one in actors for owner in owners(one, one.doc.lang_)))


def _event(
    word: FunctionWord, head: Token, clause: Token | None, patients: Sequence[Token], taken: set[int]
) -> tuple[Token, ...]:
    """What it is about: the first that is there of the places the list names."""
    for where in word.event:
        if where == "clause":
            found = clause
        elif where == "object":
            found = next((one for one in (*patients, *objects(head)) if one.i not in taken), None)
        elif where == "subject":
            found = next(iter(own_subjects(head)), None)
        elif where == "owner":
            found = next((one.token for one in obliques(head) if one.token.i > head.i), None)
        else:
            below = (c for c in children(head, CLAUSES) if any(p.lower_ == where for p in c.children))
            found = next(iter(marked_by(head, where)), None) or next(below, None)
        if found is not None and found.lower_ not in EXPLETIVES:
            return tuple(trim(list(found.subtree)))
    return ()
