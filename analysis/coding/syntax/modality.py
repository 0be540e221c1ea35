"""Modality: whether what a word says is negated, hedged, asked, conditional or denied.

Reads a spaCy Doc with a tree; returns a `Modality` for a token. A sign counts where it hangs on the word, on its
clause, or on a clause that governs that one (`zou kunnen`, `het lijkt erop dat`, `ontkent dat`). The words are those of
``data/languages/<language>/shifters.csv`` and, beside it, ``modality.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from analysis.coding.language.lexicon import find_hits, load_shifters
from analysis.coding.syntax.trees import children, clause_of, has_finite, once
from analysis.coding.syntax.verb_forms import find_infinitive
from analysis.contracts.words import load_both, load_by_language

_COMPLEMENTS = frozenset(
    ["ccomp", "xcomp", "csubj", "csubj:pass", "acl", "obj", "nmod", "obl", "nsubj:pass", "nsubj", "parataxis"]
)
"""How a word hangs on the word that denies it (`ontkent dat ...`, `ontkent betrokkenheid`)."""
_CLAUSES_UP = 4
_NOT_ONLY = load_both("modality", "not_only_adverbs")
"""After a negation these turn it round: `niet alleen ... maar ook` negates nothing."""
_IMPLICIT = load_both("modality", "implicit_negation_verbs")
"""Verbs that negate the infinitive they govern."""
_NOTHING, _EXCEPTIONS = load_both("modality", "nothing_pronouns"), load_both("modality", "exceptions")
_NEVER, _DEGREES = load_both("modality", "never_adverbs"), load_both("modality", "degrees")
"""Negations that what follows turns round: `niets dan lof`, `Nog nooit was het zo erg`."""
_CONTENTS = frozenset(["acl", "ccomp", "acl:relcl", "csubj"])
"""How a clause hangs on the noun or verb whose content it is (`aanwijzingen dat`)."""
_PREDICATES = load_both("modality", "predicate_hedges")
"""Words that hedge before what they bear on, and say something of it as a predicate."""
_BELIEF = load_both("modality", "belief_verbs")
"""Verbs whose negation reaches what they govern (`ik geloof niet dat hij liegt`, `is niet gebleken`)."""
_DENYING = load_both("modality", "denial_verbs")
_VERB_FIRST = load_both("modality", "verb_first_conditions")
"""Verbs that open a condition without a conjunction (`Mocht blijken dat`)."""
_APPEARANCE = load_both("modality", "appearance_verbs")
_LIKENESS = load_both("function_words", "likeness_prepositions")
_WISHES = load_both("modality", "wish_words")
_CONDITIONS = load_by_language("modality", "conditional_conjunctions")
_TEMPORAL = load_both("modality", "temporal_conjunctions")
"""Conjunctions that tell of time as often as of a condition: they make nothing conditional."""


@dataclass(frozen=True)
class Modality:
    """What stands between a statement and a plain fact; all false for a plain one.

    Attributes
    ----------
    negated : bool
        Said not to be so (`niet`, `geen`, `weigert te`).
    hedged : bool
        Said to be possibly so (`zou`, `vermoedelijk`, `reportedly`).
    question : bool
        Asked.
    conditional : bool
        Said to be so if something else is.
    denied : bool
        Somebody is said to deny it (`ontkent dat ...`).
    """

    negated: bool = False
    hedged: bool = False
    question: bool = False
    conditional: bool = False
    denied: bool = False


@once
def find_signs(doc: Doc) -> Mapping[int, str]:
    """Which tokens are a part of a shifter, and of which kind."""
    shifters = load_shifters(doc.lang_)
    hits = [hit for sentence in doc.sents for hit in find_hits(doc, shifters, sentence.start, sentence.end)]
    return {i: hit.record.kind for hit in hits for i in hit.tokens}


@once
def find_modality(token: Token) -> Modality:
    """Modality of what a token says.

    Parameters
    ----------
    token : Token
        A word of a Doc with a tree: a verb, or a noun or adjective that judges.

    Returns
    -------
    Modality

    Notes
    -----
    Negation reaches within the clause only, and down from a verb that implies it; hedges, conditions and denials reach
    down from clauses above as well. `niet alleen` and its like negate nothing. Scope by the tree inherits its errors.
    """
    own, signs = clause_of(token), find_signs(token.doc)
    hedged = denied = conditional = False
    negated = any(signs.get(one.i) == "negation" for one in _bearing(token, own) if not _is_not_only(one))
    negated ^= _is_refused(own)
    for level, clause in enumerate(_clauses_above(own)):
        reach = list(_bearing(token if level == 0 else clause, clause))
        reach += [clause.head, clause] if level else [clause.head] if clause.dep_ in _CONTENTS else []
        is_negated = any(signs.get(one.i) == "negation" and not _is_not_only(one) for one in reach)
        hedged = hedged or any(signs.get(one.i) == "hedge" and _is_hedge(one) for one in reach)
        hedged = hedged or (level > 0 and clause.lemma_ in _APPEARANCE)
        negated ^= (
            level > 0 and is_negated and bool({clause.lower_, clause.lemma_.lower(), find_infinitive(clause)} & _BELIEF)
        )
        denied = denied or (level > 0 and not is_negated and _denies(clause, signs))
        conditional = conditional or _is_condition(clause)
    denied = denied or _is_object_of_denial(token, own, signs)
    return Modality(negated, hedged, _is_question(token), conditional, denied)


def _bearing(token: Token, clause: Token) -> Iterator[Token]:
    """Tokens whose sign bears on a word: those that hang on it, on its way up to its clause, and on that."""
    chain = [token]
    while chain[-1].i != clause.i and chain[-1].head.i != chain[-1].i and len(chain) < 20:
        chain.append(chain[-1].head)
    for one in chain:
        if one.i != token.i:
            yield one
        for child in one.children:
            if child.dep_ in ("conj", "parataxis", "advcl", "acl", "acl:relcl", "ccomp", "appos") or child in chain:
                continue
            yield child
            if (
                child.dep_ in ("obj", "nsubj", "nsubj:pass", "xcomp", "obl", "nmod", "advmod", "iobj", "obl:arg")
                and one.i == clause.i
            ):
                # `geen` before the object, `niets`, `niet echt`: one level down.
                yield from (part for part in children(child, ("det", "advmod", "fixed", "amod")))


def _is_hedge(sign: Token) -> bool:
    """Whether a word that can hedge does: not `maakte mogelijk`, `lijkt op zijn vader`, `zou graag willen`."""
    if sign.lower_ in _PREDICATES and (sign.dep_ in ("xcomp", "ROOT") or children(sign, ("cop",))):
        return False
    if sign.lemma_ in _APPEARANCE:
        return not any(
            child.dep_ == "case" and child.lower_ in _LIKENESS for c in sign.children for child in c.children
        )
    wishes = (sign.head, *sign.head.children)
    return not (sign.lower_.startswith("zou") and any(one.lower_ in _WISHES for one in wishes))


def _denies(verb: Token, signs: Mapping[int, str]) -> bool:
    """Whether a verb says that what it governs is not so (`ontkent dat`, `spreekt tegen dat`)."""
    return signs.get(verb.i) == "denial" or find_infinitive(verb) in _DENYING


def _is_not_only(sign: Token) -> bool:
    follows = sign.doc[sign.i + 1].lower_ if sign.i + 1 < len(sign.doc) else ""
    if sign.lower_ in _NOTHING:
        return follows in _EXCEPTIONS
    if sign.lower_ in _NEVER:  # `Nog nooit was het zo erg`: it is
        return any(one.lower_ in _DEGREES for one in sign.doc[sign.i : sign.sent.end])
    return follows in _NOT_ONLY


def _is_refused(clause: Token) -> bool:
    """Whether the verb that governs an infinitive says that it is not done."""
    head = clause.head
    is_governed = clause.dep_ in ("xcomp", "ccomp") and head.i != clause.i and not has_finite(clause)
    return is_governed and head.lemma_ in _IMPLICIT  # `vergat te bellen`, not `vergat dat hij belde`


def _clauses_above(clause: Token) -> Iterator[Token]:
    """The clause itself and those that govern it as its complement, innermost first."""
    for _ in range(_CLAUSES_UP):
        yield clause
        if clause.head.i == clause.i or clause.dep_ not in (*_COMPLEMENTS, "conj"):
            return
        clause = clause_of(clause.head)


def _is_condition(clause: Token) -> bool:
    """Whether a clause is a condition, or holds under one."""
    own = _CONDITIONS.get(clause.doc.lang_, frozenset()) - _TEMPORAL
    return any(_opens_condition(one, own) for one in (clause, *children(clause, ("advcl",))))


def _opens_condition(clause: Token, words: frozenset[str]) -> bool:
    marks = {child.lower_ for child in children(clause, ("mark", "advmod", "cc"))}
    if clause.dep_ == "advcl" and marks & words:
        return True
    first = next(iter(clause.subtree))
    opens = clause.dep_ in ("advcl", "ccomp", "parataxis", "csubj") and (first.is_sent_start or first.is_title)
    return opens and first.lower_ in _VERB_FIRST | words and not any(one.text == "?" for one in clause.sent)


def _is_question(token: Token) -> bool:
    """Whether the token stands in a sentence that asks, outside what is quoted in it."""
    return any(one.text == "?" and token.i < one.i for one in token.sent)


def _is_object_of_denial(token: Token, clause: Token, signs: Mapping[int, str]) -> bool:
    """`ontkent elke betrokkenheid bij de aanval`: what hangs as an object on a verb of denial."""
    if not _denies(clause, signs) or token.i == clause.i:
        return False
    return any(
        token.i in {one.i for one in child.subtree}
        for child in clause.children
        if child.dep_ in ("obj", "ccomp", "obl:arg", "nsubj:pass", "obl")
    )
