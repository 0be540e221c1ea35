"""What is said: the words of a clause or phrase in a tree that a reporting word governs.

Reads spaCy Docs with a tree; returns stretches of tokens. A reporting word that stands inside what it reports
(``De haven, zei Ortega, blijft dicht``) parts it into two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from analysis.coding.language.record import language_of
from analysis.coding.syntax.trees import children, has_finite, own_subjects
from analysis.contracts.words import load_both

Piece = tuple[int, int]
"""Half-open stretch of tokens."""

QUOTE_MARKS = frozenset("‘’‚“”„\"«»'‹›")
MARKS = (QUOTE_MARKS - {"’"}) | {"''", "``"}
"""Quotation marks that stand as a token; ``’`` may as well be an apostrophe."""
DASHES = frozenset(["-", "–", "—", "--"])
THAT = load_both("clauses", "that_conjunctions")
_OPENS_INFINITIVE = load_both("clauses", "infinitive_openers")
_FOLLOWING = frozenset(
    ["obl", "obl:arg", "advmod", "nmod", "acl", "acl:relcl", "appos", "amod", "obj", "xcomp", "ccomp", "flat", "iobj"]
)
"""Relations that bring words after a clause into it, whatever word the tree hangs them on."""

_PHRASE = (
    "det", "amod", "flat", "compound", "nmod", "nmod:poss", "case", "appos", "nummod", "advmod", "fixed"
)  # fmt: skip
_INSERTED = 16
"""Fewer words than these make a reporting clause within what is said."""


def is_filler(token: Token) -> bool:
    """Whether a token is no word: punctuation, a mark, white space."""
    return token.is_space or token.pos_ in ("PUNCT", "SYM") or not any(letter.isalnum() for letter in token.text)


def first_word(clause: Token) -> Token:
    """The first word of a clause."""
    return min((part for part in clause.subtree if not is_filler(part)), key=lambda part: part.i, default=clause)


def phrase_of(token: Token) -> set[int]:
    """Tokens of a speaker's phrase, without clauses and without what is coordinated with it."""
    return {token.i, *(part.i for child in children(token, _PHRASE) for part in child.subtree)}


def find_pieces(tokens: Iterable[int], doc: Doc, blocked: Collection[int]) -> list[Piece]:
    """Runs of tokens; punctuation between two of them does not part a run, a blocked token does.

    The conjunction that opens a clause (`dat`, `that`), and punctuation at either end, is left out.
    """
    chosen = sorted(i for i in set(tokens) if i not in blocked and not is_filler(doc[i]))
    runs: list[list[int]] = []
    for i in chosen:
        between = range(runs[-1][-1] + 1, i) if runs else range(0)
        if runs and all(is_filler(doc[k]) and k not in blocked for k in between):
            runs[-1].append(i)
        else:
            runs.append([i])
    pieces = []
    for run in runs:
        first = run[0]
        if doc[first].lower_ in THAT and doc[first].dep_ == "mark" and len(run) > 1:
            first = run[1]
        pieces.append((first, run[-1] + 1))
    return pieces


def clause_after(head: Token, cue: Token, last: int, blocked: Collection[int]) -> list[Piece]:
    """A clause that follows its reporting word, up to where the narrator's words go on.

    Parameters
    ----------
    head : Token
        The head of the clause.
    cue : Token
        The reporting word.
    last : int
        Where the sentence ends (exclusive).
    blocked : collection of int
        Tokens that are not said: the reporting word and its subject.

    Notes
    -----
    A tree often hangs the last phrases of the clause on the reporting word; they count as said where nothing parts
    them from the clause. A second verb with the speaker as its subject (``zei dat ... en vertrok``) does not.
    """
    doc = head.doc
    tokens = {one.i for one in head.subtree}
    own = {i for i in tokens if i > cue.i}
    if not own:
        return []
    opening = [child.i for child in children(head, ("mark",)) if child.lower_ in THAT and child.i > cue.i]
    start = opening[0] if opening else min(own)
    if not any(i in blocked for i in range(start, head.i)):
        tokens |= set(range(start, head.i))  # words before the verb that the tree hangs elsewhere
    pieces = find_pieces(tokens, doc, blocked)
    end = max(own) + 1
    while (at := _next_word(doc, end, last)) is not None:
        top = doc[at]
        while end <= top.head.i < last and top.head.i != top.i:
            top = top.head
        held = {one.i for one in top.subtree if at <= one.i < last} | {at}
        is_parted = any(doc[i].text == ";" for i in range(end, max(held)))
        if is_parted or held & set(blocked) or not _goes_on(top, cue, doc, end, at):
            break
        tokens |= set(range(end, max(held) + 1))
        end = max(held) + 1
        pieces = find_pieces(tokens, doc, blocked)
    pieces = [(max(first, cue.i + 1), last) for first, last in pieces if last > cue.i + 1]
    return close_gaps(pieces, cue, blocked)


def close_gaps(pieces: list[Piece], cue: Token, blocked: Collection[int]) -> list[Piece]:
    """Stretches as one where nothing between them is the narrator's: the tree has hung those words elsewhere."""
    joined: list[Piece] = []
    for first, last in pieces:
        if joined and not _parts(cue.doc, joined[-1][1], first, blocked):
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _parts(doc: Doc, start: int, end: int, blocked: Collection[int]) -> bool:
    """Whether the words between two stretches are the narrator's, or a semicolon or one quotation mark parts them."""
    between = [doc[i] for i in range(start, end)]
    n_marks = sum(one.text in MARKS for one in between)
    return any(one.i in blocked or one.text == ";" for one in between) or n_marks % 2 == 1


def _next_word(doc: Doc, start: int, last: int) -> int | None:
    return next((i for i in range(start, last) if not is_filler(doc[i])), None)


def _goes_on(top: Token, cue: Token, doc: Doc, end: int, at: int) -> bool:
    """Whether the phrase headed by `top` belongs to what is said."""
    gap = [doc[i].text for i in range(end, at)]
    has_comma = "," in gap
    tells_on = not DASHES.isdisjoint(gap) and own_subjects(top)  # the narrator: ... – Jansen lachte
    if tells_on or ";" in gap or ":" in gap or (has_comma and not MARKS.isdisjoint(gap)):
        return False
    if top.dep_ == "conj":
        if any(child.lower_ in THAT for child in children(top, ("mark",))):
            return True
        if own_subjects(top):
            return not has_comma and top.head.i != cue.i
        return _is_infinitive(top, cue)
    if top.dep_ in ("cc", "mark", "case", "det"):
        return False
    may_follow = (
        not language_of(doc).has("verb_final") or top.dep_ == "advcl" or not DASHES.isdisjoint(gap)
    )  # else the verb ends the clause
    is_close = not has_comma and may_follow
    return top.dep_ in _FOLLOWING or is_close


def _is_infinitive(verb: Token, cue: Token) -> bool:
    """Whether a second verb is an infinitive, so that what is said goes on: ``agreed to clean up and reclaim``."""
    if "Inf" in verb.morph.get("VerbForm", []) and not has_finite(verb):
        return True
    is_base = verb.pos_ in ("VERB", "AUX") and verb.lower_ == verb.lemma_.lower()
    return language_of(verb).has("gerunds") and is_base and cue.lower_ != cue.lemma_.lower()


def extent(cue: Token, heads: Sequence[Token], blocked: Collection[int], first: int, last: int) -> list[Piece]:
    """The words that a cue hands on, given the words that head them.

    Parameters
    ----------
    cue : Token
        The reporting word.
    heads : sequence of Token
        Heads of clauses and phrases, in text order; one that governs the cue has the reporting clause inside it.
    blocked : collection of int
        Tokens that are not said: the reporting word and its subject.
    first, last : int
        The sentence (last exclusive).
    """
    end = heads[-1]
    if inserted := _find_inserted(cue, blocked, first, last):
        return find_pieces(range(first, last), cue.doc, inserted)
    if end.is_ancestor(cue):
        return _around(cue, end, blocked, first, last)
    if end.i < cue.i and len(heads) == 1:
        return find_pieces((one.i for one in end.subtree if first <= one.i < last), cue.doc, {cue.i, *blocked})
    if cue.pos_ == "NOUN":  # the verb that follows is another's: ``the claim that ... was false``
        return find_pieces((part.i for part in end.subtree if part.i > cue.i), cue.doc, blocked)
    blocked = {*blocked, *(_opening(end) if len(heads) == 1 else ())}
    tokens = {part.i for head in heads for part in head.subtree if len(heads) > 1}
    for one, other in pairwise(sorted(head.i for head in heads)):
        if not any(i in blocked for i in range(one, other)):
            tokens |= set(range(one, other))
    if end.i > cue.i:
        tokens |= {i for piece in clause_after(end, cue, last, blocked) for i in range(*piece)}
    return close_gaps(find_pieces(tokens, cue.doc, blocked), cue, blocked)


def _opening(head: Token) -> list[int]:
    """The adposition by which a verb brings what is said (`pleit voor een verbod`), which is not said."""
    marks = [one for one in children(head, ("mark",)) if one.pos_ == "ADP" and one.lower_ not in _OPENS_INFINITIVE]
    return [child.i for child in (*children(head, ("case",)), *marks) if child.i < head.i]


def _find_inserted(cue: Token, blocked: Collection[int], first: int, last: int) -> set[int]:
    """A cue and its subject between commas within what is said: ``The port, X said, will close``; else none."""
    doc = cue.doc
    own = {cue.i, *blocked, *(child.i for child in children(cue, ("advmod",)) if child.i + 4 > cue.i)}
    start, end = min(own), max(own) + 1
    is_run = end - start < _INSERTED and all(i in own or is_filler(doc[i]) for i in range(start, end))
    if not is_run or len(own) < 2 or start < first + 2 or end + 1 >= last:
        return set()
    is_subject_first = start < cue.i and language_of(doc).has("verb_second")
    is_closed = doc[start - 1].text == doc[end].text == "," and doc[end + 1].is_alpha
    return own if is_closed and not is_subject_first else set()


def _around(cue: Token, head: Token, blocked: Collection[int], first: int, last: int) -> list[Piece]:
    """What stands before a reporting clause, and after it where commas close it in."""
    doc = cue.doc
    complements = children(cue, ("ccomp", "xcomp", "csubj"))
    said = {part.i for one in complements for part in one.subtree}
    own = {i for i in ({part.i for part in cue.subtree} - said) | set(blocked) if first <= i < last}
    own = {i for i in own if not is_filler(doc[i])}
    start, end = min(own), max(own) + 1
    tokens = {part.i for part in head.subtree if first <= part.i < last} | said
    is_open = _next_word(doc, end, last) is not None
    if not is_open:
        tokens |= set(range(min(tokens - own, default=start), start))
    elif is_filler(doc[end]) and end - start < _INSERTED and doc[end].text != ";" and min(tokens) < start:
        tokens |= set(range(first, last))
    return find_pieces(tokens, doc, own)
