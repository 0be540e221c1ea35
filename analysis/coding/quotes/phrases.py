"""Reported speech in a tree without a verb of its own: prepositions, nouns of speech, a colon, a look back.

Reads one sentence of a parsed article; returns `Report` rows as `reports` does.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from analysis.coding.language.reporting import Reporting
from analysis.coding.quotes.content import (
    DASHES,
    QUOTE_MARKS,
    THAT,
    Piece,
    clause_after,
    find_pieces,
    is_filler,
)
from analysis.coding.quotes.heads import find_speaking, phrase_of
from analysis.coding.quotes.reports import Report
from analysis.coding.quotes.verbs import find_kinds, is_noun_of_speech, name_lemma, read_cue
from analysis.coding.syntax.trees import children, clause_of, obliques, own_subjects
from analysis.contracts.words import load_both

_NOT_SPEAKERS = load_both("quotes", "unspeaking_nouns")
_OWNERS = load_both("function_words", "owner_prepositions")
_MARKS = load_both("quotes", "content_openers")
_POINTERS = load_both("pronouns", "pointing_back")
_BREAKS = DASHES | {";", ":"}
_CAP = 9
"""Most words before a colon that still name a speaker."""
_OBJECT_PRONOUNS = load_both("pronouns", "objects")
_OBJECT_OR_POSSESSIVE = load_both("pronouns", "object_or_possessive")
_LIGHT = load_both("quotes", "light_verbs")
_COPULAS = load_both("verbs", "copulas")
_HEARSAY = load_both("modality", "hearsay_auxiliaries")


def find_prepositions(doc: Doc, first: int, last: int, reporting: Reporting) -> list[Report]:
    """``Volgens X verdwijnen er ...`` (according_to); ``De regels blijven, aldus X`` (adverb_after)."""
    found = []
    words = [one.lower_ for one in doc[first:last]]
    present = set(words)
    wanted = [parts for parts in reporting.prepositions if present.issuperset(parts)]
    taken: set[int] = set()
    for parts in wanted:  # the longest first
        for n in range(len(words) - len(parts)):
            start, end = first + n, first + n + len(parts)
            if start in taken or tuple(words[n : n + len(parts)]) != parts:
                continue
            taken |= set(range(start, end))
            report = _read_preposition(doc, first, last, start, end)
            if report is not None:
                found.append(report)
    return found


def _read_preposition(doc: Doc, first: int, last: int, start: int, end: int) -> Report | None:
    named = _find_phrase(doc, start, end, last)
    if named is None or {named.lemma_.lower(), named.lower_} & _NOT_SPEAKERS:
        return None
    phrase = {i for i in phrase_of(named) if i >= start} | set(range(start, named.i + 1))
    for child in children(named, ("acl:relcl", "acl", "appos")):
        if child.i > named.i:
            phrase |= {part.i for part in child.subtree}
    phrase = _run_from(start, phrase)
    if doc[start - 1].text == "," or (start == first and doc.lang_ == "en"):
        comma = next(
            (i for i in range(named.i + 1, min(last, start + 30)) if doc[i].text in (",", "–", "—", ";")), last
        )
        if start == first and comma < last:
            phrase |= set(range(start, comma))
        elif start > first:
            phrase |= set(range(start, comma if comma < last else last))
    top = named.head if named.head.i != named.i else named
    if top.i in phrase:
        top = next((one for one in named.ancestors if one.i not in phrase), named)
    clause = clause_of(top) if top.i not in phrase else top
    while doc[start - 1].text == "," and clause.dep_ == "conj" and clause.head.i < clause.i:
        clause = clause_of(clause.head)  # A en B, volgens X
    tokens = [one.i for one in clause.subtree if first <= one.i < last and one.i not in phrase]
    words = [i for i in tokens if not is_filler(doc[i])]
    if not words or clause.i in phrase:
        tokens = [i for i in range(first, last) if i not in phrase]
        words = [i for i in tokens if not is_filler(doc[i])]
    words = _whole_before(doc, first, start) if _closes(doc, first, start, words) else words
    before = [i for i in words if i < start]
    after = [i for i in words if i > max(phrase)]
    if len(words) < 2 and not (before and doc[start - 1].text == ","):
        return None
    ends = doc[max(phrase) + 1].text if max(phrase) + 1 < last else "."
    has_comma = start > first and doc[start - 1].text in (",", "–", "—", "(", *QUOTE_MARKS)
    rule = "adverb_after" if before and (has_comma or not after) else "according_to"
    if before and after and not (has_comma and ends in (",", "–", "—", ")")):
        pieces = find_pieces(range(min(words), max(words) + 1), doc, ())
    else:
        pieces = find_pieces(words, doc, phrase)
    return Report(rule, start, tuple(range(start, end)), named, tuple(pieces))


def _closes(doc: Doc, first: int, start: int, words: list[int]) -> bool:
    """Whether a preposition after a comma closes its sentence: no verb follows it."""
    is_after_comma = start > first and doc[start - 1].text == ","
    return is_after_comma and not any(doc[i].pos_ in ("VERB", "AUX") for i in words if i > start)


def _whole_before(doc: Doc, first: int, start: int) -> list[int]:
    """The words of a sentence up to a preposition that closes it, without the conjunction that opens it."""
    breaks = [i for i in range(first, start) if doc[i].text in _BREAKS]
    is_dateline = len(breaks) == 1 and not any(doc[i].pos_ in ("VERB", "AUX") for i in range(first, breaks[0]))
    words = [i for i in range(breaks[0] if is_dateline else first, start) if not is_filler(doc[i])]
    return words[1:] if words and doc[words[0]].pos_ == "CCONJ" else words


def _find_phrase(doc: Doc, start: int, end: int, last: int) -> Token | None:
    head = doc[start].head
    follows = doc[end]
    if follows.lower_ in _OBJECT_PRONOUNS and not (
        follows.lower_ in _OBJECT_OR_POSSESSIVE
        and head.pos_ == "NOUN"
        and head.i == end + 1
        and doc[start].dep_ == "case"
        and head.dep_ != "obl"
    ):
        return follows
    if doc[start].dep_ in ("case", "mark", "advmod", "fixed") and head.i >= end and head.pos_ not in ("VERB", "AUX"):
        return head
    for one in doc[end : min(last, end + 6)]:
        if one.pos_ in ("NOUN", "PROPN", "PRON") and not (one.pos_ == "PRON" and one.dep_ in ("nmod:poss", "det")):
            if one.dep_ in ("flat", "compound") and one.head.i >= end:
                return one.head
            return one
    return None


def _run_from(start: int, tokens: set[int]) -> set[int]:
    """The unbroken run of tokens from `start` on."""
    end = start
    while end in tokens:
        end += 1
    return set(range(start, max(end, start + 1)))


def find_nouns(doc: Doc, first: int, last: int, reporting: Reporting) -> list[Report]:
    """``het verwijt van X dat ...``; ``X deed de belofte om ...``; ``X's claim that ...`` (noun_clause)."""
    found = []
    for token in doc[first:last]:
        if not is_noun_of_speech(token, reporting):
            continue
        clause = _clause_of_noun(token)
        speaking = _owner(token, clause)
        if clause is None or (speaking is None and _first_word(clause).lower_ not in THAT):
            continue
        blocked = {token.i} | (phrase_of(speaking) if speaking is not None else set())
        if doc.lang_ == "nl" or token.dep_.startswith("nsubj"):  # a verb ends the clause, or that of the noun follows
            pieces = find_pieces((one.i for one in clause.subtree if one.i > token.i), doc, blocked)
        else:
            pieces = clause_after(clause, token, last, blocked)
        if pieces:
            first_piece = pieces[0][0] + (doc[pieces[0][0]].lower_ in THAT)
            found.append(Report("noun_clause", token.i, (token.i,), speaking, ((first_piece, pieces[-1][1]),)))
    return found


def _clause_next(noun: Token) -> Token | None:
    """The clause with `dat` or `that` right after a noun of speech or its owner, wherever the tree hangs it."""
    at = noun.i + 1
    owned = {part.i for one in obliques(noun) if one.preposition in _OWNERS for part in one.token.subtree}
    while at in owned and noun.doc[at].lower_ not in THAT:
        at += 1
    mark = noun.doc[at] if at < len(noun.doc) else noun
    if mark.lower_ not in THAT or mark.dep_ != "mark" or mark.head.i <= at:
        return None
    return mark.head


def _clause_of_noun(noun: Token) -> Token | None:
    """The clause that says what a noun of speech is about."""
    if (following := _clause_next(noun)) is not None:
        return following
    places = [noun, *(child for child in children(noun, ("nmod", "nmod:poss", "appos")) if child.i > noun.i)]
    for place in places:
        for child in children(place, ("acl", "ccomp", "xcomp", "advcl", "acl:relcl")):
            if child.i < noun.i:
                continue
            if child.dep_ == "acl:relcl":
                is_other = "Plur" in place.morph.get("Number", []) or "Com" in place.morph.get("Gender", [])
                if _first_word(child).lower_ == "dat" and own_subjects(child) and (is_other or place is not noun):
                    return child
            elif {one.lower_ for one in children(child, ("mark", "case"))} & _MARKS:
                return child
    head = noun.head
    if noun.dep_ in ("obj", "nsubj") and head.lemma_.lower() in _LIGHT | _COPULAS:
        for child in children(head, ("ccomp",)):
            if child.i > noun.i and {one.lower_ for one in children(child, ("mark",))} & THAT:
                return child
    return None


def _first_word(clause: Token) -> Token:
    return min((one for one in clause.subtree if not is_filler(one)), key=lambda one: one.i, default=clause)


def _owner(noun: Token, clause: Token | None) -> Token | None:
    """Whose noun of speech it is: after `van` or `by`, in the genitive, or the subject of the verb that governs it."""
    for child in children(noun, ("nmod:poss",)):
        return child
    for one in obliques(noun):
        if one.preposition in _OWNERS and (clause is None or one.token.i < clause.i):
            return one.token
    if noun.dep_ in ("obj", "obl", "obl:arg") and noun.head.pos_ == "VERB":
        return find_speaking(noun.head)
    return None


def find_colon(doc: Doc, first: int, last: int, stop: int, reporting: Reporting) -> list[Report]:
    """``Poot: regels moeten weg``; ``De partijleider zegt: dit kan zo niet`` (colon_clause), as headlines have it.

    Parameters
    ----------
    stop : int
        Where the paragraph ends (exclusive): words after a name in capitals (`WALLACE: ...`) go on until there.
    """
    at = next((i for i in range(first, last) if doc[i].text == ":"), None)
    if at is None or at == first or at - first > _CAP:
        return []
    rest = [i for i in range(at + 1, last) if not is_filler(doc[i])]
    if len(rest) < 2 or any(doc[i].text in QUOTE_MARKS for i in range(at + 1, rest[0])):
        return []
    lead = [one for one in doc[first:at] if not is_filler(one)]
    verbs = [one for one in lead if one.pos_ == "VERB"]
    if not lead or any(one.like_num for one in lead) or (verbs and not find_kinds(verbs[-1], reporting) & {"verb"}):
        return []
    if verbs:
        speaking = find_speaking(verbs[-1])
        return (
            []
            if speaking is None
            else [Report("verb_colon", verbs[-1].i, (verbs[-1].i,), speaking, ((rest[0], last),))]
        )
    named = _name_before(lead)
    if named is None:
        return []
    end = stop if all(one.text.isupper() for one in lead) and len(lead[-1].text) > 2 else last
    return [Report("colon_clause", at, (at,), named, ((rest[0], end),))]


def find_lead_in(doc: Doc, first: int, last: int, reporting: Reporting) -> Report | None:
    """``Limbaugh added:`` at the end of a paragraph (block): the paragraph after it is what is said, marks or none."""
    words = [one for one in doc[first:last] if not one.is_space]
    if not words or words[-1].text != ":" or len(words) > 40:
        return None
    for token in reversed(words):
        cue = read_cue(token, first, last, reporting) if token.pos_ == "VERB" else None
        if cue is not None and "verb" in cue.kinds and cue.speaking is not None:
            return Report("block", token.i, cue.parts, cue.speaking, ())
    return None


def _name_before(lead: list[Token]) -> Token | None:
    """The word before a colon that can name a speaker: a name, or a noun with an article at the beginning."""
    head = lead[-1]
    while (
        head.dep_ in ("flat", "flat:name", "compound", "appos", "nmod") and head.head in lead and head.head.i < head.i
    ):
        head = head.head
    if head.pos_ == "PROPN" or head.text[:1].isupper() or head.ent_type_:
        return head
    return head if head.pos_ == "NOUN" and lead[0].pos_ == "DET" else None


def find_look_back(doc: Doc, first: int, last: int, previous: Piece | None, reporting: Reporting) -> list[Report]:
    """``De regels moeten weg. Dat zegt X.`` (look_back): the sentence before is what is said."""
    if previous is None:
        return []
    words = [one for one in doc[first:last] if not is_filler(one)]
    if not words or words[0].lower_ not in _POINTERS:
        return []
    if words[0].lower_ == "so" and words[1:2] and words[1].pos_ not in ("VERB", "AUX"):
        return []  # So he suggested a plan
    for token in words[1:5]:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        cue = read_cue(token, first, last, reporting)
        if cue is None or "verb" not in cue.kinds or cue.complements() or words[0].head.i not in (token.i, *cue.parts):
            continue
        if name_lemma(token) in _COPULAS or cue.speaking is None or cue.speaking.i == words[0].i:
            continue
        tokens = (i for i in range(*previous) if not is_filler(doc[i]))
        pieces = find_pieces(tokens, doc, ())
        return [Report("look_back", token.i, cue.parts, cue.speaking, tuple(pieces))] if pieces else []
    return []


def has_hearsay(doc: Doc, first: int, last: int) -> bool:
    """Whether the main verb of a Dutch sentence has `zou` or `zouden`: somebody else's words, told on."""
    root = next((one for one in doc[first:last] if one.dep_ == "ROOT"), None)
    if root is None:
        return False
    return any(one.lower_ in _HEARSAY for one in (root, *root.subtree) if one.head.i == root.i)
