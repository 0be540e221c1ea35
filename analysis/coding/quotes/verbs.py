"""Reporting verbs in a tree: what kind a verb is, who is its subject, what hangs on it.

Reads tokens of a parsed sentence and the `Reporting` of its language; returns a `Cue`, ready for the patterns of
`clauses` and `objects`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from analysis.coding.language.reporting import Reporting
from analysis.coding.quotes.content import Piece, clause_after, find_pieces, is_filler, rest_of
from analysis.coding.quotes.heads import find_speaking, phrase_of
from analysis.coding.syntax.trees import INFINITIVE_MARKERS, children, has_finite, own_subjects, particle
from analysis.contracts.words import load_both, load_by_language

SPEECH = frozenset(["verb"])
SAYS = frozenset(["verb", "attitude"])
FEELING = frozenset(["feeling"])
_QUESTION_WORDS = load_by_language("quotes", "question_words")
_DETERMINERS = load_both("function_words", "speech_noun_determiners")
_CONJUNCTIONS = load_both("quotes", "content_conjunctions")
_OPENS_INFINITIVE = load_both("clauses", "infinitive_openers")
_ADDRESSED = 12
"""Most words between a verb and `that` that still tell who is addressed, and where."""
_COMPLEMENTS = ("ccomp", "xcomp", "csubj", "csubj:pass")


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
            if mark_of(child) in _CONJUNCTIONS and child.i > self.token.i
        ]
        found = [one for one in found or self._clause_next() if not follows_other_verb(self, one)]
        return sorted({one.i: one for one in found if one.i not in self.parts}.values(), key=lambda one: one.i)

    def _clause_next(self) -> list[Token]:
        """A clause with a conjunction right after the cue or who is addressed, wherever the tree hangs it."""
        for one in self.doc[self.parts[-1] + 1 : min(self.last, self.parts[-1] + _ADDRESSED)]:
            if one.dep_ == "mark" and one.lower_ in _CONJUNCTIONS:
                return [one.head] if one.head.i > one.i else []
            is_clause = one.pos_ in ("VERB", "AUX") and one.dep_ != "amod"
            if is_clause or is_filler(one) or not (self.kinds & SPEECH) or "content" in self.kinds:
                return []
        return []

    def _second_subjects(self) -> list[Token]:
        return [one for one in children(self.token, ("nsubj",))[1:] if one.i > self.token.i]

    def objects(self) -> list[Token]:
        """Objects; a second subject that the tree gives the verb is one as well."""
        found = [*children(self.token, ("obj", "iobj")), *self._second_subjects()]
        return sorted((one for one in found if one.i not in self.blocked), key=lambda one: one.i)


def read_cue(token: Token, first: int, last: int, reporting: Reporting) -> Cue | None:
    """A verb as a reporting word, with all that its patterns need; None where it is none.

    Parameters
    ----------
    token : Token
        A verb of the sentence with the tokens `first` to `last` (exclusive).
    """
    kinds = find_kinds(token, reporting)
    parts = [token.i]
    part = particle(token) or _particle_before(token)
    if part is not None:
        parts.append(part.i)
    for rest, _ in reporting.verbs.get(token.lower_, ()):
        found = _find_parts(token, rest) if rest else None
        if found is not None:
            parts += found
            kinds |= SPEECH
            break
    if (not kinds and not reporting.about.get(name_lemma(token))) or _is_idiom(token):
        return None
    speaking = find_speaking(token)
    blocked = {*parts, *(child.i for child in children(token, ("aux", "aux:pass", "cop", "expl", "expl:pv", "mark")))}
    if speaking is not None:
        blocked |= phrase_of(speaking)
    return Cue(token, tuple(sorted(set(parts))), kinds, speaking, frozenset(blocked), first, last, reporting)


def _is_idiom(token: Token) -> bool:
    """Whether a gerund is part of an idiom in which nobody speaks: ``goes without saying``, ``worth noting``."""
    before = token.nbor(-1).lower_ if token.i else ""
    return token.doc.lang_ == "en" and before in ("without", "worth") and token.lower_.endswith("ing")


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


def name_lemma(verb: Token) -> str:
    """Lemma of a verb in lower case, in Dutch with its particle in front (`aankondigen`), in English after it."""
    lemma = (verb.lemma_ or verb.text).lower()
    part = particle(verb) or _particle_before(verb)
    if part is None:
        return lemma
    if verb.doc.lang_ == "en":
        return f"{lemma} {part.lower_}"
    return lemma if lemma.startswith(part.lower_) else part.lower_ + lemma


def _particle_before(verb: Token) -> Token | None:
    """The particle of a Dutch infinitive parted by `te` (`aan te kondigen`), wherever the tree hangs it."""
    if verb.i < 2 or verb.doc.lang_ != "nl" or verb.nbor(-1).lower_ != "te":
        return None
    before = verb.nbor(-2)
    return before if before.dep_ == "compound:prt" else None


def find_kinds(verb: Token, reporting: Reporting) -> frozenset[str]:
    """Kinds of reporting verb that a token is, by its lemma or, where that fails, by its form."""
    part = particle(verb) or _particle_before(verb)
    lemma = name_lemma(verb)
    forms = [lemma.replace(" ", "_"), verb.lower_ if part is None else f"{verb.lower_}_{part.lower_}"]
    if verb.doc.lang_ == "en" and part is not None and part.lower_ not in ("on", "for", "off"):
        forms.append((verb.lemma_ or verb.text).lower())
    feelings = reporting.kinds.get(verb.lower_, frozenset()) & FEELING
    return next((kinds for form in forms if (kinds := reporting.kinds.get(form))), frozenset()) | feelings


def follows_other_verb(cue: Cue, clause: Token) -> bool:
    """Whether another reporting verb stands right before a clause: ``reageerde door aan te kondigen dat ...``."""
    first = first_word(clause).i
    if first - 1 <= cue.token.i or first - 1 in cue.parts:
        return False
    before = cue.doc[first - 1]
    return before.pos_ == "VERB" and bool(find_kinds(before, cue.reporting) & SPEECH)


def is_noun_of_speech(token: Token, reporting: Reporting) -> bool:
    """Whether a word is a noun of speech, also one that the tree takes for a verb (`het verwijt dat`)."""
    kinds = reporting.kinds.get(token.lemma_.lower(), frozenset()) | reporting.kinds.get(token.lower_, frozenset())
    if "noun" not in kinds:
        return False
    return token.pos_ == "NOUN" or (token.pos_ == "VERB" and token.i > 0 and token.nbor(-1).lower_ in _DETERMINERS)


def mark_of(clause: Token) -> str:
    """The conjunction of a clause (`dat`) or the marker of an infinitive (`te`); empty where it has none."""
    marks = [
        child.lower_
        for child in children(clause, ("mark",))
        if child.i < clause.i or child.lower_ in INFINITIVE_MARKERS
    ]
    return marks[0] if marks else ""


def first_word(clause: Token) -> Token:
    """The first word of a clause."""
    return min((part for part in clause.subtree if not is_filler(part)), key=lambda part: part.i, default=clause)


def is_own_clause(one: Token) -> bool:
    """Whether a complement is a clause of its own rather than an infinitive."""
    is_finite = one.doc.lang_ == "en" and has_finite(one)
    return bool(own_subjects(one)) or is_finite or (mark_of(one) not in {"", *_OPENS_INFINITIVE})


def asks(one: Token) -> bool:
    """Whether a clause begins with a question word."""
    return first_word(one).lower_ in _QUESTION_WORDS[one.doc.lang_]


def said_in(cue: Cue, head: Token) -> list[Piece]:
    """What a complement says: a clause that follows with all that belongs to it, one that goes before as it is."""
    if head.i > cue.token.i:
        return clause_after(head, cue.token, cue.last, cue.blocked)
    return rest_of(head, cue.token, cue.blocked, cue.first, cue.last)


def join_pieces(cue: Cue, heads: Sequence[Token]) -> list[Piece]:
    """Neighbouring phrases as one stretch."""
    tokens = {part.i for head in heads for part in head.subtree}
    for one, other in zip(sorted(heads, key=lambda one: one.i), sorted(heads, key=lambda one: one.i)[1:], strict=False):
        between = range(one.i, other.i)
        if not any(i in cue.blocked for i in between):
            tokens |= set(between)
    return find_pieces(tokens, cue.doc, cue.blocked)


def words_from(cue: Cue, start: int) -> list[int]:
    """Words from a token to the end of the sentence."""
    return [i for i in range(start, cue.last) if not is_filler(cue.doc[i])]
