"""Patterns of clauses: verbs that hand on what somebody says, thinks or wants in a clause or an infinitive.

Reads a `Cue`; returns the tokens of what is said, or None where the pattern does not fit. `CLAUSE_RULES` has them in
order, specific before general.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from analysis.coding.quotes.content import DASHES, MARKS, THAT, Piece, close_gaps, find_pieces, is_filler
from analysis.coding.quotes.heads import phrase_of
from analysis.coding.quotes.verbs import (
    FEELING,
    SAYS,
    SPEECH,
    Cue,
    asks,
    first_word,
    is_own_clause,
    join_pieces,
    mark_of,
    said_in,
    words_from,
)
from analysis.coding.syntax.trees import children, is_passive, own_subjects
from analysis.contracts.words import load_both

_NO_QUESTIONS = load_both("quotes", "verbs_without_questions")
_NO_INFINITIVES = load_both("quotes", "verbs_without_infinitives")
_NO_MARKS = load_both("quotes", "unsaid_clause_openers")
_RELATIVE = load_both("quotes", "relative_openers")
_AS = load_both("quotes", "manner_conjunctions")
_NOBODY = load_both("pronouns", "nobody")
_BECOMES = load_both("quotes", "becoming_verbs")
_OPENS = load_both("quotes", "content_openers")
_UNSAID = load_both("quotes", "unsaid_infinitives")
_PLAIN = load_both("quotes", "plain_verbs")
_INSERTED = 14
"""Most words of a reporting clause within what is said."""
_BESIDE = ("nsubj", "aux", "advmod", "cc", "mark", "expl", "obj")
Rule = Callable[[Cue], "list[Piece] | None"]


def that_clause(cue: Cue) -> list[Piece] | None:
    """``X zei dat ...``; ``dat ... , werd door X gezegd``; ``X told Reuters that ...``."""
    if not cue.kinds & SAYS or is_inserted(cue):
        return None
    found = cue.complements()
    for n, one in enumerate(found):
        if mark_of(one) not in THAT:
            continue
        after = [other for other in found[n + 1 :] if other.i > cue.token.i < one.i and is_own_clause(other)]
        more = [other for other in after if not _is_aside(other)]
        return close_gaps(
            sorted({piece for head in (one, *more) for piece in said_in(cue, head)}), cue.token, cue.blocked
        )
    return None


def question_clause(cue: Cue) -> list[Piece] | None:
    """``X vroeg zich af of ...``; ``X legde uit waarom ...``; ``X asked whether ...``."""
    if not cue.kinds & SAYS or cue.lemma in _NO_QUESTIONS or is_inserted(cue):
        return None
    for one in cue.complements():
        if one.i > cue.token.i and is_own_clause(one) and asks(one):
            return said_in(cue, one)
    return None


def bare_clause(cue: Cue) -> list[Piece] | None:
    """``X said she would ...``; ``X denkt: ...``: a clause after the verb without a conjunction."""
    found = [
        one
        for one in cue.complements()
        if one.i > cue.token.i and is_own_clause(one) and first_word(one).lower_ not in _NO_MARKS
    ]
    found = [one for one in found if not _is_aside(one)] or found
    if not cue.kinds & SAYS or not found or is_inserted(cue) or _is_narrated(cue, found[-1]):
        return None
    pieces = said_in(cue, found[-1])
    if pieces and _lacks_subject(cue, found[-1]):
        start = cue.parts[-1] + 1
        return close_gaps([(start, start + 1), *pieces], cue.token, cue.blocked)
    objects = [one for one in cue.objects() if cue.token.i < one.i < found[-1].i]
    if objects and pieces and cue.lemma in _PLAIN:
        pieces = join_pieces(cue, [*objects, *found])  # a subject that the tree takes for an object
    return pieces


def verb_after(cue: Cue) -> list[Piece] | None:
    """``De regels verdwijnen, zegt X``; ``The port, X said, will close``: the verb stands after or in what is said."""
    if not cue.kinds & (SAYS | {"naming"}):
        return None
    if is_inserted(cue):
        return find_pieces(range(cue.first, cue.last), cue.doc, _own_stretch(cue))
    before = [one for one in cue.complements() if one.i < cue.token.i and one.dep_ == "ccomp"]
    if not is_passive(cue.token) and not _is_set_off(cue):
        return None
    if is_passive(cue.token):
        before += [one for one in cue.complements() if one.i < cue.token.i and one.dep_ != "ccomp"]
    if before and cue.token.dep_ == "parataxis":
        before = before[:0]  # taken with the rest of the sentence, below
    if before and (cue.speaking is None or cue.speaking.i > before[-1].i or is_own_clause(before[-1])):
        pieces = said_in(cue, before[-1])
        return pieces if sum(end - start for start, end in pieces) > 0 else None
    if cue.token.dep_ == "parataxis" and own_subjects(cue.token) and not _is_relative(cue.token):
        return _around(cue)
    return None


def _lacks_subject(cue: Cue, clause: Token) -> bool:
    """Whether a finite clause after the verb has no subject: the tree has hung it elsewhere, before the clause."""
    if own_subjects(clause) or cue.speaking is None or cue.speaking.i > cue.token.i:
        return False
    start = cue.parts[-1] + 1
    between = cue.doc[start : first_word(clause).i]
    return len(between) > 0 and not any(one.i in cue.blocked or is_filler(one) for one in between)


def _is_narrated(cue: Cue, clause: Token) -> bool:
    """Whether a clause tells on after what was said: ``“Ready?” she said, but the port was closed``."""
    first = first_word(clause)
    return first.i > cue.token.i and first.dep_ == "cc" and cue.doc[first.i - 1].text == ","


def _is_aside(clause: Token) -> bool:
    """Whether a dash parts a clause from what was said before it: ``... dicht gaat – Jansen lachte``."""
    start = first_word(clause).i
    return any(clause.doc[i].text in DASHES for i in range(max(start - 1, 0), start + 1))


def _own_stretch(cue: Cue) -> set[int]:
    """The reporting verb with its subject, its auxiliaries and adverbs, and `as` before them."""
    beside = children(cue.token, ("aux", "advmod"))
    own = {*cue.parts, *(one.i for one in beside if one.i + 4 > cue.token.i)}
    if cue.speaking is not None:
        own |= {i for i in phrase_of(cue.speaking) if cue.first <= i < cue.last}
    start = min(own)
    return own | {start - 1} if start > cue.first and cue.doc[start - 1].lower_ in _AS else own


def is_inserted(cue: Cue) -> bool:
    """Whether a speaker and a verb stand between commas within what is said: ``The port, X said, will close``."""
    if not cue.kinds & SPEECH or cue.speaking is None or is_passive(cue.token) or _is_relative(cue.token):
        return False
    if cue.doc.lang_ == "nl" and cue.speaking.i < cue.token.i:
        return False
    own = _own_stretch(cue)
    start, end = min(own), max(own) + 1
    if end - start > _INSERTED or start < cue.first + 2 or end + 2 >= cue.last:
        return False
    if any(not (i in own or is_filler(cue.doc[i])) for i in range(start, end)):
        return False
    opens, closes = cue.doc[start - 1].text, cue.doc[end].text
    return opens == "," and closes == "," and cue.doc[end + 1].text[:1].isalnum()


def _around(cue: Cue) -> list[Piece] | None:
    """What stands before a reporting clause, and after it where commas close it in."""
    head = cue.token.head
    ahead = [one for one in cue.complements() if one.i < cue.token.i]
    behind = [one for one in cue.complements() if one.i > cue.token.i]
    said = {part.i for one in (*ahead, *behind) for part in one.subtree}
    own = ({part.i for part in cue.token.subtree} - said) | set(cue.blocked)
    own = {i for i in own if cue.first <= i < cue.last and not is_filler(cue.doc[i])}
    start, end = min(own), max(own) + 1
    after = words_from(cue, end)
    is_closed = bool(after) and is_filler(cue.doc[end]) and end - start < 16
    tokens = {one.i for one in head.subtree if cue.first <= one.i < cue.last} | said
    if not any(i < start for i in tokens - own):
        return None
    if is_closed and head.i != cue.token.i and any(i < start for i in tokens):
        tokens |= set(range(cue.first, cue.last)) if cue.doc[end].text != ";" else set()
    elif not after:
        tokens |= set(range(min(tokens), start))
    return find_pieces(tokens, cue.doc, own)


def _is_set_off(cue: Cue) -> bool:
    """Whether punctuation parts the reporting verb, its subject and what stands between from the words before."""
    before = [child.i for child in cue.token.children if child.i < cue.token.i and child.dep_ in _BESIDE]
    start = min([cue.token.i, *(i for i in cue.parts), *before])
    if cue.speaking is not None and start - 12 < cue.speaking.i < start:
        start = min(phrase_of(cue.speaking))
    mark = start - 1
    while mark >= cue.first and cue.doc[mark].pos_ in ("ADV", "CCONJ", "AUX"):
        mark -= 1
    return mark >= cue.first and is_filler(cue.doc[mark])


def set_off(cue: Cue) -> list[Piece] | None:
    """The same where the tree hides it: a verb and its subject between commas, without anything that they say."""
    token = cue.token
    if not cue.kinds & SPEECH or cue.complements() or not own_subjects(token) or _is_relative(token):
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
    if not cue.kinds & SPEECH or token.dep_ not in ("advcl", "parataxis") or cue.complements():
        return None
    if cue.speaking is None or is_passive(token):
        return None
    if not any(child.lower_ in _AS for child in children(token, ("mark", "advmod", "case"))) or token.head.i == token.i:
        return None
    own = {part.i for part in token.subtree} | set(cue.blocked)
    if min(own) > cue.first and cue.doc[min(own) - 1].text == "," and not words_from(cue, max(own) + 1):
        return find_pieces(range(cue.first, min(own)), cue.doc, own)
    return find_pieces((one.i for one in token.head.subtree if cue.first <= one.i < cue.last), cue.doc, own)


def infinitive(cue: Cue) -> list[Piece] | None:
    """``X zegt geen spijt te hebben``; ``X wil de regels schrappen``; ``X urged the dockers to stop``."""
    if not cue.kinds & SAYS or cue.lemma in _NO_INFINITIVES or cue.speaking is None:
        return None
    found = [
        one
        for one in cue.complements()
        if one.dep_ in ("xcomp", "ccomp") and one.pos_ in ("VERB", "AUX", "ADJ", "NOUN")
    ]
    if not found or (found[-1].i < cue.token.i and not (cue.doc.lang_ == "nl" and found[-1].pos_ == "VERB")):
        return None
    last = found[-1]
    if last.lower_ in _UNSAID:  # wilde er niets over kwijt
        return None
    addressed = [one for one in cue.objects() if cue.token.i < one.i < last.i]
    if last.i > cue.token.i and addressed:
        return join_pieces(cue, [*addressed, last])
    return said_in(cue, last)


def feeling(cue: Cue) -> list[Piece] | None:
    """``X is ervan overtuigd dat ...``; ``X is afraid that ...``; ``X is willing to open the port``."""
    auxiliaries = children(cue.token, ("cop", "aux:pass"))
    if not cue.kinds & FEELING or not auxiliaries or cue.speaking is None or _is_nobody(cue.speaking):
        return None
    if any(one.lemma_ in _BECOMES for one in auxiliaries):  # werd overtuigd dat ...: another's words
        return None
    found = [one for one in cue.complements() if one.i > cue.token.i]
    found += [one for one in children(cue.token, ("advcl", "acl", "xcomp")) if one.i > cue.token.i]
    for one in found:
        if mark_of(one) in _OPENS or (one.dep_ == "ccomp" and own_subjects(one)):
            return said_in(cue, one)
    return None


def _is_nobody(subject: Token) -> bool:
    """Whether a subject says that there is nobody: ``niemand``, ``geen minister``, ``no one``."""
    return any(one.lower_ in _NOBODY for one in (subject, *subject.lefts, subject.doc[max(subject.i - 1, 0)]))


def plain_say(cue: Cue) -> list[Piece] | None:
    """``X says hackers are ...`` where the tree misses the clause: what follows *say* up to the end."""
    if cue.lemma != "say" or is_passive(cue.token) or cue.token.i + 2 >= cue.last:
        return None
    if cue.speaking is None or cue.speaking.i > cue.token.i or cue.doc[cue.token.i - 1].text in MARKS:
        return None
    follows = cue.doc[cue.token.i + 1]
    if is_filler(follows) or follows.pos_ in ("ADP", "CCONJ") or follows.i in cue.blocked:
        return None
    tokens = list(range(cue.token.i + 1, cue.last))
    words = [i for i in tokens if not is_filler(cue.doc[i])]
    has_verb = any(cue.doc[i].pos_ in ("VERB", "AUX") for i in words)
    return find_pieces(tokens, cue.doc, set(cue.parts)) if has_verb and len(words) > 3 else None
