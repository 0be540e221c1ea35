"""What is said: the words of a clause or phrase in a tree that a reporting word governs.

Reads spaCy Docs with a tree; returns stretches of tokens. A reporting word that stands inside what it reports
(``De haven, zei Ortega, blijft dicht``) parts it into two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from spacy.tokens import Doc, Token

from analysis.coding.syntax.trees import children, has_finite, own_subjects
from analysis.contracts.words import load_both

Piece = tuple[int, int]
"""Half-open stretch of tokens."""

QUOTE_MARKS = frozenset("‘’‚“”„\"«»'‹›")
MARKS = (QUOTE_MARKS - {"’"}) | {"''", "``"}
"""Quotation marks that stand as a token; ``’`` may as well be an apostrophe."""
DASHES = frozenset(["-", "–", "—", "--"])
THAT = load_both("clauses", "that_conjunctions")
_FOLLOWING = frozenset(
    ["obl", "obl:arg", "advmod", "nmod", "acl", "acl:relcl", "appos", "amod", "obj", "xcomp", "ccomp", "flat", "iobj"]
)
"""Relations that bring words after a clause into it, whatever word the tree hangs them on."""


def is_filler(token: Token) -> bool:
    """Whether a token is no word: punctuation, a mark, white space."""
    return token.is_space or token.pos_ in ("PUNCT", "SYM") or not any(letter.isalnum() for letter in token.text)


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
    may_follow = doc.lang_ == "en" or top.dep_ == "advcl" or not DASHES.isdisjoint(gap)  # the verb ends a Dutch clause
    is_close = not has_comma and may_follow
    return top.dep_ in _FOLLOWING or is_close


def _is_infinitive(verb: Token, cue: Token) -> bool:
    """Whether a second verb is an infinitive, so that what is said goes on: ``agreed to clean up and reclaim``."""
    if "Inf" in verb.morph.get("VerbForm", []) and not has_finite(verb):
        return True
    is_base = verb.pos_ in ("VERB", "AUX") and verb.lower_ == verb.lemma_.lower()
    return verb.doc.lang_ == "en" and is_base and cue.lower_ != cue.lemma_.lower()


def rest_of(head: Token, cue: Token, blocked: Collection[int], first: int, last: int) -> list[Piece]:
    """The clause that a reporting word is inserted in, or hangs on: its words without the reporting clause."""
    return find_pieces((one.i for one in head.subtree if first <= one.i < last), head.doc, {cue.i, *blocked})
