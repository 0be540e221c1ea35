"""Reported speech in a tree: named patterns of verbs that hand on what somebody says, thinks or wants.

Reads one sentence of a parsed article; returns `Report` rows: the reporting word, the word that heads the speaker's
phrase, and the tokens of what is said. `VERB_RULES` gives the patterns in order, specific before general; the first
that fits a verb decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.coding.mentions_tokens import word_set
from analysis.coding.quotes_content import Piece, clause_after, find_pieces, is_filler, rest_of
from analysis.coding.quotes_heads import find_speaking, phrase_of
from analysis.coding.reporting import Reporting
from analysis.coding.trees import (
    children,
    is_passive,
    obliques,
    own_subjects,
    particle,
    preposition,
)

_QUESTION_WORDS = {
    "nl": word_set("of wie wat waar waarom wanneer hoe hoeveel welke welk waarvoor waarmee waarvan"),
    "en": word_set("whether if who what where why when how which whom"),
}
_NO_QUESTIONS = word_set("say zeggen add want continue")
_NO_INFINITIVES = word_set("continue read sing luiden")
_RELATIVE = word_set("die dat wat wie waar who which that what whom whose")
_LIKENESS = {
    "nl": frozenset("als om van wegens vanwege met tot tegen".split()),  # noqa: SIM905
    "en": frozenset("as for of to over with".split()),  # noqa: SIM905
}
"""Prepositions after which a verb of judgement says what it holds of its object."""
_AS = word_set("as zoals naar gelijk")
_POINTERS = word_set("dat dit zo zulks that this so it het")
_COMPLEMENTS = ("ccomp", "xcomp", "csubj", "csubj:pass")
_SPEECH = frozenset(["verb"])
_SAYS = frozenset(["verb", "attitude"])


class Report(NamedTuple):
    """Speech that a reporting word hands on: tokens of the cue, head of the speaker's phrase, what is said."""

    rule: str
    at: int
    cue: tuple[int, ...]
    speaking: Token | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Cue:
    """A reporting verb in its sentence, with its parts, its kinds and the tokens that are not said."""

    token: Token
    parts: tuple[int, ...]
    kinds: frozenset[str]
    speaking: Token | None
    blocked: frozenset[int]
    first: int
    last: int
    reporting: Reporting

    @property
    def doc(self) -> Doc:
        """The article."""
        return self.token.doc

    @property
    def lemma(self) -> str:
        """Lemma with its particle."""
        return name_lemma(self.token)

    @property
    def head(self) -> Token:
        """The word that complements hang on: of `liet weten` either verb, the one that has any."""
        for i in self.parts:
            if i != self.token.i and children(self.doc[i], _COMPLEMENTS):
                return self.doc[i]
        return self.token

    def complements(self) -> list[Token]:
        """Clauses and infinitives that hang on the cue, in text order."""
        found = [*children(self.token, _COMPLEMENTS), *(children(self.head, _COMPLEMENTS))]
        found += [
            child
            for child in children(self.token, ("advcl", "acl"))
            if _mark(child) in ("of", "dat", "whether", "that") and child.i > self.token.i
        ]
        return sorted({one.i: one for one in found if one.i not in self.parts}.values(), key=lambda one: one.i)


Rule = Callable[[Cue], "list[Piece] | None"]


def name_lemma(verb: Token) -> str:
    """Lemma of a verb in lower case, in Dutch with its particle in front (`aankondigen`), in English after it."""
    lemma = (verb.lemma_ or verb.text).lower()
    part = particle(verb)
    if part is None:
        return lemma
    if verb.doc.lang_ == "en":
        return f"{lemma} {part.lower_}"
    return lemma if lemma.startswith(part.lower_) else part.lower_ + lemma


def find_kinds(verb: Token, reporting: Reporting) -> frozenset[str]:
    """Kinds of reporting verb that a token is, by its lemma or, where that fails, by its form."""
    part = particle(verb)
    lemma = name_lemma(verb)
    forms = [lemma.replace(" ", "_"), verb.lower_ if part is None else f"{verb.lower_}_{part.lower_}"]
    if verb.doc.lang_ == "en" and part is not None and part.lower_ not in ("on", "for", "off"):
        forms.append((verb.lemma_ or verb.text).lower())
    return next((kinds for form in forms if (kinds := reporting.kinds.get(form))), frozenset())


def _mark(clause: Token) -> str:
    marks = [
        child.lower_ for child in children(clause, ("mark",)) if child.i < clause.i or child.lower_ in ("te", "to")
    ]
    return marks[0] if marks else ""


def _is_clause(one: Token) -> bool:
    """Whether a complement is a clause of its own rather than an infinitive."""
    return bool(own_subjects(one)) or (_mark(one) not in ("", "te", "to", "om"))


def _is_question(one: Token) -> bool:
    first = min((part for part in one.subtree if not is_filler(part)), key=lambda part: part.i, default=one)
    return first.lower_ in _QUESTION_WORDS[one.doc.lang_]


def _said(cue: Cue, head: Token) -> list[Piece]:
    """What a complement says: a clause that follows with all that belongs to it, one that goes before as it is."""
    if head.i > cue.token.i:
        return clause_after(head, cue.token, cue.last, cue.blocked)
    return rest_of(head, cue.token, cue.blocked, cue.first, cue.last)


def that_clause(cue: Cue) -> list[Piece] | None:
    """``X zei dat ...``; ``dat ... , werd door X gezegd``; ``X told Reuters that ...``."""
    for one in cue.complements():
        if cue.kinds & _SAYS and _mark(one) in ("dat", "that"):
            return _said(cue, one)
    return None


def question_clause(cue: Cue) -> list[Piece] | None:
    """``X vroeg zich af of ...``; ``X legde uit waarom ...``; ``X asked whether ...``."""
    for one in cue.complements():
        if not cue.kinds & _SAYS or cue.lemma in _NO_QUESTIONS or one.i < cue.token.i:
            continue
        if _is_clause(one) and _is_question(one):
            return _said(cue, one)
    return None


def bare_clause(cue: Cue) -> list[Piece] | None:
    """``X said she would ...``; ``X denkt: ...``: a clause after the verb without a conjunction."""
    found = [one for one in cue.complements() if one.i > cue.token.i and _is_clause(one)]
    if not cue.kinds & _SAYS or not found:
        return None
    pieces = _said(cue, found[-1])
    objects = [one for one in children(cue.token, ("obj",)) if cue.token.i < one.i < found[-1].i]
    if objects and pieces and cue.lemma in ("say", "zeggen", "add", "note", "claim"):
        pieces = _join_pieces(cue, [*objects, *found])  # a subject that the tree takes for an object
    return pieces


def verb_after(cue: Cue) -> list[Piece] | None:
    """``De regels verdwijnen, zegt X``; ``The port, X said, will close``: the verb stands after or in what is said."""
    if not cue.kinds & (_SAYS | {"naming"}):
        return None
    before = [one for one in cue.complements() if one.i < cue.token.i and one.dep_ != "xcomp"]
    if before and (cue.speaking is None or cue.speaking.i > before[-1].i or _is_clause(before[-1])):
        pieces = _said(cue, before[-1])
        return pieces if sum(end - start for start, end in pieces) > 0 else None
    if cue.token.dep_ == "parataxis" and own_subjects(cue.token) and not _is_relative(cue.token):
        head = cue.token.head
        if head.i < cue.token.i or any(part.i < cue.token.i for part in head.subtree):
            own = {part.i for part in cue.token.subtree}
            return find_pieces(
                (one.i for one in head.subtree if cue.first <= one.i < cue.last), cue.doc, own | set(cue.blocked)
            )
    return None


def set_off(cue: Cue) -> list[Piece] | None:
    """The same where the tree hides it: a verb and its subject between commas, without anything that they say."""
    token = cue.token
    if not cue.kinds & _SPEECH or cue.complements() or not own_subjects(token) or _is_relative(token):
        return None
    if is_passive(token) or "judgement" in cue.kinds:
        return None
    if children(token, ("obj", "mark", "cc")):
        return None
    own = sorted({token.i, *cue.parts, *(cue.blocked)} | _short_phrases(token))
    start, end = own[0], own[-1] + 1
    if end - start > 14 or any(not (i in own or is_filler(cue.doc[i])) for i in range(start, end)):
        return None
    before, after = cue.doc[start - 1] if start > cue.first else None, cue.doc[end] if end < cue.last else None
    opens = before is None or before.text == "," or before.text in "”’\"'"
    closes = after is None or after.text in (",", ".", "!", "?", "”", "’", '"', ";")
    rest = [i for i in range(cue.first, cue.last) if i not in own and not is_filler(cue.doc[i])]
    has_verb = any(cue.doc[i].pos_ in ("VERB", "AUX") for i in rest)
    if not opens or not closes or not rest or before is None or (len(rest) > 1 and not has_verb):
        return None
    return find_pieces(rest, cue.doc, own)


def _short_phrases(token: Token) -> set[int]:
    phrases = children(token, ("obl", "advmod", "obl:tmod", "aux", "iobj", "obl:arg", "compound:prt", "expl:pv"))
    return {part.i for child in phrases for part in child.subtree}


def _is_relative(token: Token) -> bool:
    return any(child.lower_ in _RELATIVE for child in children(token, ("nsubj", "nsubj:pass", "obj", "mark")))


def as_clause(cue: Cue) -> list[Piece] | None:
    """``Zoals X zei, ...``; ``As many experts have noted, ...``: the clause that it hangs on is what is said."""
    token = cue.token
    if not cue.kinds & _SPEECH or token.dep_ not in ("advcl", "parataxis") or cue.complements():
        return None
    if cue.speaking is None or is_passive(token):
        return None
    if not any(child.lower_ in _AS for child in children(token, ("mark", "advmod", "case"))) or token.head.i == token.i:
        return None
    own = {part.i for part in token.subtree}
    return find_pieces(
        (one.i for one in token.head.subtree if cue.first <= one.i < cue.last), cue.doc, own | set(cue.blocked)
    )


def infinitive(cue: Cue) -> list[Piece] | None:
    """``X zegt geen spijt te hebben``; ``X wil de regels schrappen``; ``X urged the dockers to stop``."""
    if not cue.kinds & _SAYS or cue.lemma in _NO_INFINITIVES:
        return None
    found = [
        one
        for one in cue.complements()
        if one.dep_ in ("xcomp", "ccomp") and one.pos_ in ("VERB", "AUX", "ADJ", "NOUN")
    ]
    if not found or (found[-1].i < cue.token.i and not (cue.doc.lang_ == "nl" and found[-1].pos_ == "VERB")):
        return None
    last = found[-1]
    addressed = [
        one for one in children(cue.token, ("obj", "iobj")) if cue.token.i < one.i < last.i and one.i not in cue.blocked
    ]
    if last.i > cue.token.i and addressed:
        return _join_pieces(cue, [*addressed, last])
    return _said(cue, last)


def naming(cue: Cue) -> list[Piece] | None:
    """``X noemt het plan een ramp``; ``X vindt hem laf``; ``X called the plan a disgrace``."""
    if "naming" not in cue.kinds:
        return None
    names = [
        one for one in children(cue.token, ("xcomp", "ccomp")) if one.pos_ not in ("VERB", "AUX") or one.dep_ == "xcomp"
    ]
    objects = [one for one in children(cue.token, ("obj", "iobj")) if one.i not in cue.blocked]
    if not names and not (cue.lemma in ("call", "noemen") and objects):
        return None
    if cue.lemma == "vinden" and not (names and objects):
        return None
    if not names and sum(1 for _ in objects[-1].subtree) < 3:
        return None
    return _join_pieces(cue, [*objects, *names])


def judgement(cue: Cue) -> list[Piece] | None:
    """``X beschuldigde hem van leugens``; ``X ziet het als een ramp``; ``X blasted her as a disgrace``."""
    if "judgement" not in cue.kinds:
        return None
    words = _LIKENESS[cue.reporting.language]
    objects = [one for one in children(cue.token, ("obj",)) if one.i not in cue.blocked]
    places = [*objects, cue.token]
    found = [
        child
        for place in places
        for child in place.children
        if child.dep_ in ("obl", "obl:arg", "nmod", "xcomp", "advcl", "acl", "ccomp")
        and (preposition(child) in words or _mark(child) in words)
    ]
    if cue.lemma == "verwijten":
        found += cue.complements()
    if not found or (not objects and not is_passive(cue.token)):
        return None
    return _join_pieces(cue, [*objects, *found])


def content_object(cue: Cue) -> list[Piece] | None:
    """``X kondigde een onderzoek aan``; ``X ontkent elke schuld``: the object is what is said."""
    if "content" not in cue.kinds:
        return None
    found = [
        one
        for one in children(cue.token, ("obj", "nsubj:pass") if is_passive(cue.token) else ("obj",))
        if one.i not in cue.blocked and one.pos_ not in ("PRON", "DET", "NUM") and one.ent_type_ != "PER"
    ]
    if not found or (is_passive(cue.token) and cue.speaking is None):
        return None
    return _join_pieces(cue, found)


def about(cue: Cue) -> list[Piece] | None:
    """``X pleit voor een verbod``; ``X called for an end to the strike``: a preposition brings what is said."""
    prepositions = cue.reporting.about.get(cue.lemma, frozenset())
    part = particle(cue.token)
    if part is not None and cue.reporting.language == "en":
        prepositions |= cue.reporting.about.get((cue.token.lemma_ or "").lower(), frozenset()) & {part.lower_}
    found = [one.token for one in obliques(cue.token) if one.preposition in prepositions]
    found += [one for one in children(cue.token, ("advcl", "xcomp", "ccomp")) if _mark(one) in prepositions]
    if not found:
        return None
    case = {child.i for child in children(found[0], ("case", "mark"))}
    return find_pieces((part.i for part in found[0].subtree), cue.doc, set(cue.blocked) | case)


def _join_pieces(cue: Cue, heads: list[Token]) -> list[Piece]:
    """Neighbouring phrases as one stretch."""
    tokens = {part.i for head in heads for part in head.subtree}
    for one, other in zip(sorted(heads, key=lambda one: one.i), sorted(heads, key=lambda one: one.i)[1:], strict=False):
        between = range(one.i, other.i)
        if not any(i in cue.blocked for i in between):
            tokens |= set(between)
    return find_pieces(tokens, cue.doc, cue.blocked)


VERB_RULES: tuple[Rule, ...] = (
    that_clause, question_clause, as_clause, naming, judgement, bare_clause, verb_after, infinitive, about,
    content_object, set_off,
)  # fmt: skip


def read_cue(token: Token, first: int, last: int, reporting: Reporting) -> Cue | None:
    """A verb as a reporting word, with all that its patterns need; None where it is none.

    Parameters
    ----------
    token : Token
        A verb of the sentence with the tokens `first` to `last` (exclusive).
    """
    kinds = find_kinds(token, reporting)
    parts = [token.i]
    part = particle(token)
    if part is not None:
        parts.append(part.i)
    for rest, _ in reporting.verbs.get(token.lower_, ()):
        found = _find_parts(token, rest) if rest else None
        if found is not None:
            parts += found
            kinds |= _SPEECH
            break
    if not kinds and not reporting.about.get(name_lemma(token)):
        return None
    speaking = find_speaking(token)
    blocked = {*parts, *(child.i for child in children(token, ("aux", "aux:pass", "cop", "expl", "expl:pv", "mark")))}
    if speaking is not None:
        blocked |= phrase_of(speaking)
    return Cue(token, tuple(sorted(set(parts))), kinds, speaking, frozenset(blocked), first, last, reporting)


def _find_parts(token: Token, rest: tuple[str, ...]) -> list[int] | None:
    """Where the other words of a phrase such as `laten weten` stand: each hangs on the verb, or next to it."""
    found = []
    near = [*token.children, *(grand for child in token.children for grand in child.children)]
    for word in rest:
        place = next((one.i for one in near if one.lower_ == word), None)
        if place is None:
            return None
        found.append(place)
    return found


def find_verb_reports(doc: Doc, first: int, last: int, reporting: Reporting) -> list[Report]:
    """Speech that the verbs of a sentence hand on, in the order of the verbs."""
    found: list[Report] = []
    for token in doc[first:last]:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "aux:pass", "cop", "fixed"):
            continue
        cue = read_cue(token, first, last, reporting)
        if cue is None:
            continue
        for rule in VERB_RULES:
            pieces = rule(cue)
            if pieces:
                name = rule.__name__
                if name == "content_object" and name_lemma(token) in reporting.denials:
                    name = "denial"
                if is_passive(token) and name in ("that_clause", "bare_clause", "verb_after", "infinitive"):
                    name = "passive_clause"
                found.append(Report(name, token.i, cue.parts, cue.speaking, tuple(pieces)))
                break
    return found
