"""Reported speech in a tree: by the rows of ``data/patterns/quotes.yaml``, and by what no path can say.

Reads a parsed article, sentence by sentence; returns `Report` records: the cue, the word that heads the speaker's
phrase, and the tokens of what is said. A preposition, a colon and a look back at the sentence before are functions:
their words lie beside the cue, not below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from analysis.coding.language.record import language_of
from analysis.coding.language.reporting import load_reporting
from analysis.coding.quotes.content import DASHES, QUOTE_MARKS, Piece, extent, find_pieces, is_filler, phrase_of
from analysis.coding.quotes.cues import find_kinds, find_parts, find_speaking, find_unsaid, kinds_of_cue, name_lemma
from analysis.coding.syntax.patterns import Pattern
from analysis.coding.syntax.trees import children, clause_of
from analysis.contracts.words import load_both

COLON_CLAUSE = "colon_clause"
_NOT_SPEAKERS = load_both("quotes", "unspeaking_nouns")
_LABELS = load_both("quotes", "labels")
_POINTERS = load_both("pronouns", "pointing_back")
_OBJECTS = load_both("pronouns", "objects")
_OBJECT_OR_POSSESSIVE = load_both("pronouns", "object_or_possessive")
_COPULAS = load_both("verbs", "copulas")
_NAMES = ("flat", "compound", "appos", "nmod")
_BREAKS = DASHES | {";", ":"}
_LONGEST_LABEL = 9
"""Most words before a colon that still name a speaker."""
_LONGEST_LEAD = 40
"""Most words of a sentence whose colon announces the next paragraph."""


@dataclass(frozen=True)
class Report:
    """Speech that a cue hands on: its pattern, its tokens, the head of the speaker's phrase, and what is said.

    `beside_marks` is what the row says in the column of this name.
    """

    rule: str
    cue: tuple[int, ...]
    source: Token | None
    pieces: tuple[Piece, ...]
    beside_marks: str = ""


def find_reports(
    doc: Doc, sentences: Sequence[Piece], blocks: Sequence[Piece], patterns: Sequence[Pattern]
) -> Iterator[Report]:
    """Reported speech of an article, sentence by sentence.

    Parameters
    ----------
    doc : Doc
        A parsed article.
    sentences : sequence of tuple of int
        Tokens of each sentence.
    blocks : sequence of tuple of int
        Tokens of the paragraph of each sentence.
    patterns : sequence of Pattern
        Rows, in the order in which they are tried.
    """
    lead_in: Report | None = None
    for n, ((first, last), block) in enumerate(zip(sentences, blocks, strict=True)):
        is_new = n == 0 or blocks[n - 1] != block
        if is_new and lead_in is not None:
            yield replace(lead_in, pieces=((first, block[1]),))
        colon = _find_colon(doc, first, last, block[1])
        start = colon.pieces[0][0] if colon is not None and colon.rule == "verb_colon" else first
        own = [colon] if colon is not None else []
        own += _find_prepositions(doc, start, last)
        if not is_new:
            own += _find_look_back(doc, first, last, sentences[n - 1])
        taken = {i for report in own for i in report.cue}
        for token in doc[start:last]:
            report = None if token.i in taken else find_report(token, first, last, patterns)
            own += [report] if report is not None else []
        yield from sorted(own, key=lambda one: one.cue)
        lead_in = _find_lead_in(doc, first, last) if last >= block[1] else None


def find_report(token: Token, first: int, last: int, patterns: Sequence[Pattern]) -> Report | None:
    """Speech that a word of the sentence `first` to `last` hands on, by the first row that fits."""
    kinds = kinds_of_cue(token) if token.dep_ != "fixed" else frozenset()
    for pattern in patterns if kinds else ():
        found = pattern.match(token, kinds)
        if found is None:
            continue
        source = next(iter(found.get("source", [])), None)
        pieces = extent(token, found["content"], find_unsaid(token, source), first, last)
        if pieces:
            beside_marks = pattern.options.get("beside_marks", "")
            return Report(pattern.name, find_parts(token), source, tuple(pieces), beside_marks)
    return None


def _find_prepositions(doc: Doc, first: int, last: int) -> Iterator[Report]:
    """``Volgens X verdwijnen er ...`` (according_to); ``De regels blijven, aldus X`` (adverb_after)."""
    words = [one.lower_ for one in doc[first:last]]
    taken: set[int] = set()
    for parts in load_reporting(doc.lang_).prepositions if words else ():  # the longest first
        for n in range(len(words) - len(parts)):
            if tuple(words[n : n + len(parts)]) == parts and not taken & set(range(n, n + len(parts))):
                taken |= set(range(n, n + len(parts)))
                report = _read_preposition(doc, first, last, (first + n, first + n + len(parts)))
                if report is not None:
                    yield report


def _read_preposition(doc: Doc, first: int, last: int, cue: Piece) -> Report | None:
    source = _named_by(doc, cue, last)
    if source is None or {source.lemma_.lower(), source.lower_} & _NOT_SPEAKERS:
        return None
    phrase = _phrase_from(doc, first, last, cue, source)
    clause = _clause_beside(doc, source, cue, phrase)
    words = [] if clause is None else [part.i for part in clause.subtree if first <= part.i < last]
    words = [i for i in words if i not in phrase and not is_filler(doc[i])]
    is_set_off = cue[0] > first and is_filler(doc[cue[0] - 1])
    has_verb_after = any(doc[i].pos_ in ("VERB", "AUX") for i in words if i > cue[0])
    if not words:
        words = [i for i in range(first, last) if i not in phrase and not is_filler(doc[i])]
    elif doc[cue[0] - 1].text == "," and is_set_off and not has_verb_after:
        words = _all_before(doc, first, cue[0])
    before, after = [i for i in words if i < cue[0]], [i for i in words if i > max(phrase)]
    if len(words) < 2 and not (before and is_set_off):
        return None
    rule = "adverb_after" if before and (is_set_off or not after) else "according_to"
    is_closed = max(phrase) + 1 < last and is_filler(doc[max(phrase) + 1])
    is_inside = before and after and not (is_set_off and is_closed)  # Het plan is volgens X onzin
    pieces = find_pieces(range(min(words), max(words) + 1) if is_inside else words, doc, () if is_inside else phrase)
    return Report(rule, tuple(range(*cue)), source, tuple(pieces))


def _named_by(doc: Doc, cue: Piece, last: int) -> Token | None:
    """The word that heads the phrase after a preposition."""
    follows, head = doc[cue[1]], doc[cue[0]].head
    is_possessive = follows.lower_ in _OBJECT_OR_POSSESSIVE and head.i == cue[1] + 1 and head.pos_ == "NOUN"
    if follows.lower_ in _OBJECTS and not is_possessive:
        return follows
    if head.i >= cue[1] and head.pos_ not in ("VERB", "AUX"):
        return head
    near = (one for one in doc[cue[1] : min(last, cue[1] + 6)] if one.pos_ in ("NOUN", "PROPN", "PRON"))
    found = next((one for one in near if one.dep_ not in ("nmod:poss", "det")), None)
    while found is not None and found.dep_ in _NAMES and cue[1] <= found.head.i < last and found.head.pos_ != "VERB":
        found = found.head
    return found


def _phrase_from(doc: Doc, first: int, last: int, cue: Piece, source: Token) -> set[int]:
    """A preposition with its phrase, and what is added to it up to a comma: ``Volgens X, die vorige week ..., ...``."""
    phrase = {i for i in phrase_of(source) if i >= cue[0]} | set(range(cue[0], source.i + 1))
    added = [child for child in children(source, ("acl:relcl", "acl", "appos")) if child.i > source.i]
    phrase |= {part.i for child in added for part in child.subtree}
    end = cue[0]
    while end in phrase or (end < last and end + 1 in phrase and is_filler(doc[end])):
        end += 1
    phrase = set(range(cue[0], end))
    stops = (
        i for i in range(source.i + 1, min(last, cue[0] + 30)) if doc[i].text in (",", ";") or doc[i].text in DASHES
    )
    comma = next(stops, None)
    is_first = cue[0] == first
    if is_first and comma is not None and not language_of(doc).has("verb_second"):
        phrase |= set(range(cue[0], comma))
    elif not is_first and doc[cue[0] - 1].text == ",":
        phrase |= set(range(cue[0], last if comma is None else comma))
    return phrase


def _clause_beside(doc: Doc, source: Token, cue: Piece, phrase: set[int]) -> Token | None:
    """The clause that a phrase with a preposition hangs in; of two that are coordinated, the first."""
    top = next((one for one in (source, *source.ancestors) if one.i not in phrase), None)
    clause = None if top is None else clause_of(top)
    while clause is not None and doc[cue[0] - 1].text == "," and clause.dep_ == "conj" and clause.head.i < clause.i:
        clause = clause_of(clause.head)
    return None if clause is None or clause.i in phrase else clause


def _all_before(doc: Doc, first: int, start: int) -> list[int]:
    """The words of a sentence up to a preposition that closes it, without a dateline or the conjunction before."""
    breaks = [i for i in range(first, start) if doc[i].text in _BREAKS]
    is_dateline = len(breaks) == 1 and not any(one.pos_ in ("VERB", "AUX") for one in doc[first : breaks[0]])
    words = [i for i in range(breaks[0] if is_dateline else first, start) if not is_filler(doc[i])]
    return words[1:] if words and doc[words[0]].pos_ == "CCONJ" else words


def _find_colon(doc: Doc, first: int, last: int, stop: int) -> Report | None:
    """``Poot: regels moeten weg`` (colon_clause); ``De partijleider zegt: dit kan zo niet`` (verb_colon).

    Words after a name in capitals (``WALLACE: ...``) go on to the end of the paragraph, `stop`.
    """
    at = next((i for i in range(first, last) if doc[i].text == ":"), last)
    lead = [one for one in doc[first:at] if not is_filler(one)]
    rest = [i for i in range(at + 1, last) if not is_filler(doc[i])]
    if not lead or at - first > _LONGEST_LABEL or len(rest) < 2 or any(one.like_num for one in lead):
        return None
    if any(doc[i].text in QUOTE_MARKS for i in range(at + 1, rest[0])):
        return None
    verb = next((one for one in reversed(lead) if one.pos_ == "VERB"), None)
    if verb is not None:
        source = find_speaking(verb) if "verb" in find_kinds(verb) else None
        return None if source is None else Report("verb_colon", (verb.i,), source, ((rest[0], last),))
    head = lead[-1]
    while head.dep_ in _NAMES and head.head in lead and head.head.i < head.i:
        head = head.head
    is_name = head.pos_ == "PROPN" or head.text[:1].isupper() or (head.pos_ == "NOUN" and lead[0].pos_ == "DET")
    end = stop if all(one.text.isupper() for one in lead) and len(lead[-1].text) > 2 else last
    is_speaker = is_name and head.lower_ not in _LABELS
    return Report(COLON_CLAUSE, (at,), head, ((rest[0], end),)) if is_speaker else None


def _find_lead_in(doc: Doc, first: int, last: int) -> Report | None:
    """``Limbaugh added:`` at the end of a paragraph (block): the paragraph after it is what is said."""
    words = [one for one in doc[first:last] if not one.is_space]
    if not words or words[-1].text != ":" or len(words) > _LONGEST_LEAD:
        return None
    verbs = (one for one in reversed(words) if one.pos_ == "VERB" and "verb" in find_kinds(one))
    found = next(((one, source) for one in verbs if (source := find_speaking(one)) is not None), None)
    return None if found is None else Report("block", (found[0].i,), found[1], ())


def _find_look_back(doc: Doc, first: int, last: int, previous: Piece) -> list[Report]:
    """``De regels moeten weg. Dat zegt X.`` (look_back): the sentence before is what is said."""
    words = [one for one in doc[first:last] if not is_filler(one)]
    if len(words) < 2 or words[0].lower_ not in _POINTERS or words[1].pos_ not in ("VERB", "AUX"):
        return []
    token = words[0].head
    source = find_speaking(token)
    if "verb" not in kinds_of_cue(token) or name_lemma(token) in _COPULAS or source is None or source.i == words[0].i:
        return []
    if children(token, ("ccomp", "xcomp")):
        return []
    return [Report("look_back", find_parts(token), source, tuple(find_pieces(range(*previous), doc, ())))]
