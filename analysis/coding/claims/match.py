"""The engine of claims: each word of a list in a parsed sentence, with its source, its target and its event.

Reads spaCy Docs with a tree and the `ClaimWords` of a language; returns `Claim` records of tokens. Which tokens are
actors, and who speaks where nobody is named, is decided by whoever asks (`responsibility`, `functions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc, Token

from analysis.coding.actions.events import Action, actions_from, phrase_participants, place_phrase, verb_lemmas
from analysis.coding.claims.causes import is_bad, read_case, read_mark
from analysis.coding.claims.modals import read_modal
from analysis.coding.claims.places import (
    EXPLETIVES,
    PLACES,
    doers_of,
    find_phrases,
    follow_place,
    is_somebody,
    words_of,
)
from analysis.coding.claims.words import CONDITIONS, Claim, ClaimWord, ClaimWords
from analysis.coding.language.events import find_noun_event
from analysis.coding.syntax.clauses import ACTIVE, Clause, clauses_in, find_complement, read_noun
from analysis.coding.syntax.trees import children, has_finite, objects, obliques, own_subjects, subjects
from analysis.coding.syntax.voices import is_blamed
from analysis.contracts.words import load_both

_INVOLVEMENT = load_both("claims", "involvement_nouns")
"""Nouns whose phrase is the event: `ontkent betrokkenheid bij de aanval`."""
_NO_WORDS = ("PROPN", "AUX", "ADP", "PRON")
_CLAUSES = ("ccomp", "xcomp", "csubj", "advcl", "acl", "acl:relcl", "csubj:pass")
_SYNTACTIC = frozenset(["subject", "object", "self", "agent", "patient", "none", *PLACES])
"""Places that are no adposition."""


@dataclass(frozen=True)
class Site:
    """A word where it stands: what its places are looked for in.

    Attributes
    ----------
    word : ClaimWord
        What the list says.
    head : Token
        The verb, noun or adjective.
    tokens : tuple of int
        Positions of the words that show it.
    given : mapping of str to sequence of Token
        Words at the places that are no paths: ``subject``, ``object``, ``agent``, ``patient``.
    """

    word: ClaimWord
    head: Token
    tokens: tuple[int, ...]
    given: Mapping[str, Sequence[Token]]

    @cached_property
    def sources(self) -> tuple[Token, ...]:
        """Who says so; nobody where the word names nobody."""
        return tuple(self._at(self.word.source, ()))

    @cached_property
    def targets(self) -> tuple[Token, ...]:
        """Those at the first place of the list where there is anybody."""
        taken = {*self.tokens, *(() if "self" in self.word.target else (one.i for one in self.sources))}
        for where in self.word.target:
            found = self._at(where, self._near)
            if where == "clause":  # who does what it says
                found = [doer for one in found for doer in doers_of(one)]
            if found := [one for one in found if one.i not in taken]:
                return tuple(found[:1] if where == "object" and "object" in self.word.event else found)
        return ()

    @cached_property
    def event(self) -> tuple[Token, ...]:
        """The words of the first place of the list where there is anything."""
        taken = {one.i for one in (*self.sources, *self.targets)} | set(self.tokens)
        around = (*self._near, *self.targets)
        for where in self.word.event:
            found = [one for one in self._at(where, around) if one.i not in taken and one.lower_ not in EXPLETIVES]
            found = found or [c for c in children(self.head, _CLAUSES) if where in _openers(c)]
            if found and found[0].lemma_.lower() in _INVOLVEMENT:
                beside = [one for one in obliques(found[0].head) if one.token.i > found[0].i]
                found = [one.token for one in (*obliques(found[0]), *beside)] or found
            if found:
                return words_of(found[0], () if where == "clause" else {one.i for one in self.targets})
        return ()

    @property
    def _near(self) -> tuple[Token, ...]:
        return (self.head, *(self.head.doc[i] for i in self.tokens if i != self.head.i), *self.given.get("object", ()))

    def _at(self, where: str, around: Sequence[Token]) -> Sequence[Token]:
        """Words at a place; with an adposition, those on the head, the other words, and what goes with them."""
        if where in self.given:
            return self.given[where]
        if where == "self":
            return self.sources
        if where in ("author", "none"):
            return ()
        if where in PLACES:
            return follow_place(where, self.head)
        return find_phrases(around or (self.head,), (where,))

    def claim(self) -> Claim:
        """What is found at the places; an adposition that makes the word a claim is shown with it."""
        tokens = set(self.tokens)
        if self.word.needs & {"mark", "bad"}:
            marked = (one.token for one in obliques(self.head) if one.preposition in self.word.event)
            for one in list(marked)[:1]:
                tokens |= {one.i, *(case.i for case in children(one, ("case",)))}
        return Claim(self.word, self.head, tuple(sorted(tokens)), self.sources, self.targets, self.event)


def _openers(clause: Token) -> set[str]:
    return {child.lower_ for child in children(clause, ("mark", "case"))}


def find_claims(doc: Doc, first: int, last: int, words: ClaimWords) -> Iterator[Claim]:
    """Claims among the tokens `first` to `last` (exclusive): of verbs and phrases, then of other words."""
    taken: set[int] = set()
    for clause in clauses_in(doc, first, last):
        claim = next((one.claim() for one in _of_clause(clause, words) if _fits(one)), None)
        if claim is not None:
            taken.update(claim.tokens)
            yield claim
    nouns = {one.head.i: one for one in actions_from(doc[first]) if one.head.pos_ == "NOUN"}
    position = first
    while position < last:
        token = doc[position]
        position += 1
        if token.i in taken:
            continue
        claim = _of_sequence(token, last, words) or read_modal(token, words)
        if claim is not None and claim.word.pos != "modal":
            position = token.i + len(claim.word.term.split())
        if claim is None:
            site = _of_word(token, words, nouns.get(token.i))
            claim = site.claim() if site is not None and _fits(site) else None
        if claim is not None:
            yield claim


def _of_clause(clause: Clause, words: ClaimWords) -> Iterator[Site]:
    """The phrases of a verb, the longest first, then the verb itself."""
    for lemma in verb_lemmas(clause):
        for rest, word in words.phrases.get(lemma, ()):
            places = place_phrase(clause.head, rest)
            if places is not None:
                tokens = tuple(sorted({*clause.tokens, *places}))
                yield _site(word, clause, tokens, *phrase_participants(clause, places))
    if clause.head.dep_ != "amod":
        for word in words.single.get(("verb", clause.lemma), ()):
            yield _site(word, clause, clause.tokens, clause.agents, clause.patients)


def _site(
    word: ClaimWord, clause: Clause, tokens: tuple[int, ...], agents: Sequence[Token], patients: Sequence[Token]
) -> Site:
    verb = clause.head
    if is_blamed(verb):  # `is te wijten aan`: who says so is who speaks
        word = replace(word, source="author")
    subject = list(agents) or (own_subjects(verb) if clause.voice == ACTIVE else [])
    taken = {one.i for one in subject} | set(tokens)
    ordered = {one.i: one for one in (*clause.recipients, *patients, *objects(verb)) if one.i not in taken}
    undergoing = [one for one in ordered.values() if one.lower_ not in EXPLETIVES]
    given = {"subject": subject, "object": undergoing}
    if "agent" in word.target:  # `ziet in het ongeluk een aanval van de directie`
        given["agent"] = [agent for one in undergoing for agent in read_noun(one).agents]
    return Site(word, verb, tokens, given)


def _of_word(token: Token, words: ClaimWords, action: Action | None) -> Site | None:
    """A noun, an adjective, or a state with a copula."""
    if token.pos_ in _NO_WORDS:
        return None
    kinds = ("noun", "state", "adjective") if token.pos_ == "NOUN" else ("state", "adjective")
    lemmas = (token.lemma_.lower(), token.lower_)
    word = next((found for kind in kinds for lemma in lemmas if (found := words.find(kind, lemma))), None)
    if word is None or token.dep_ == "compound":
        return None
    given: dict[str, Sequence[Token]] = {"subject": subjects(token) if word.pos == "state" else own_subjects(token)}
    if "agent" in (word.source, *word.target):
        if action is None:
            return None
        given["agent"] = [one for one in action.agents if is_somebody(one)]
        given["patient"] = action.patients or doers_of(find_complement(token))
    return Site(word, token, (token.i,), given)


def _fits(site: Site) -> bool:
    """Whether what the list asks for is there; a verb with a target after an adposition asks for the target too."""
    word, head = site.word, site.head
    is_marked = word.pos in ("verb", "phrase") and not any(w in _SYNTACTIC for w in word.target)
    if is_marked and word.target and not site.targets:
        return False
    kinds = word.needs - CONDITIONS.keys()
    if kinds and not any(_is_of_kind(one, kinds) for one in site.given["object"]):
        return False
    return all(_holds(condition, site, head) for condition in word.needs & CONDITIONS.keys())


def _is_of_kind(token: Token, kinds: frozenset[str]) -> bool:
    event = find_noun_event(token.lemma_.lower(), token.doc.lang_)
    return token.lemma_.lower() in kinds or (event is not None and f"@{event.event}" in kinds)


def _holds(condition: str, site: Site, head: Token) -> bool:
    marks = [where for where in site.word.event if where not in _SYNTACTIC]
    clause = find_complement(head)
    has_mark = bool(find_phrases((head,), (*marks, *site.word.target))) or any(
        _openers(one).intersection(marks) for one in children(head, _CLAUSES)
    )
    if condition == "bad":
        return (has_mark or not marks) and is_bad(site.event)
    if condition == "bad_state":
        states = [c for c in children(head, ("xcomp", "amod", "advcl", "obj")) if c.pos_ == "ADJ"]
        return bool(states) and is_bad(states)
    return {
        "copula": bool(children(head, ("cop",))),
        "mark": has_mark,
        "clause": clause is not None,
        "infinitive": clause is not None and not has_finite(clause),
        "finite": clause is not None and has_finite(clause),
        "object": bool(site.given.get("object")),
    }[condition]


def _of_sequence(token: Token, last: int, words: ClaimWords) -> Claim | None:
    """Words in a row: adpositions and conjunctions of cause, and set phrases."""
    for row, word in words.sequences.get(token.lower_, ()):
        span = token.doc[token.i : min(token.i + len(row), last)]
        if [one.lower_ for one in span] != list(row):
            continue
        read = {"case": read_case, "mark": read_mark}.get(word.pos, _of_words)
        if (claim := read(list(span), word)) is not None:
            return claim
    return None


def _of_words(span: Sequence[Token], word: ClaimWord) -> Claim | None:
    """A set phrase, anchored in the word of it that its place in the sentence hangs on."""
    tokens = tuple(one.i for one in span)
    head = next((one for one in span if one.head.i not in tokens or one.head.i == one.i), span[0])
    anchor = head if head.pos_ in ("NOUN", "VERB", "ADJ") else head.head
    if "copula" in word.needs and not any(c.dep_ == "cop" for one in (*span, anchor) for c in one.children):
        return None
    site = Site(word, anchor, tokens, {"subject": subjects(anchor)})
    return site.claim()
