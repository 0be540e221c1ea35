"""Who speaks, by the tree: from a reporting word to the word that heads its subject, and on to a mention.

Reads tokens of a parsed sentence and the mentions of its article; returns a `Speaker`. A subject that is no mention
gives a speaker without one: somebody speaks whom nobody lists.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from analysis.coding.language.tokens import Word
from analysis.coding.quotes.speakers import ArticleView, Mention, Speaker, resolve_pronoun
from analysis.coding.syntax.trees import agents_of_passive, children, expand, has_finite, is_passive, obliques, subjects
from analysis.contracts.words import load_both

FIRST_PERSONS = load_both("pronouns", "first_person_speakers")
_THIRD_PERSONS = load_both("pronouns", "third_person_speakers")
_PART_OF = load_both("function_words", "group_prepositions")
_QUANTITIES = load_both("quotes", "quantity_words")
_VOICES = re.compile(
    r"(?:.*woordvoer\w*|zegs\w+|spokes\w+|persvoorlicht\w*|.*advoca\w+|bron|bronnen|lawyers?|attorneys?|aide|source|"
    r"sources|officials?|verslag|rapport|statement|verklaring|persbericht|brief|letter|onderzoek|poll|peiling|survey|"
    r"report|study|ads?|campaign|critici)\Z",
    re.IGNORECASE,
)
_PHRASE = (
    "det", "amod", "flat", "flat:name", "compound", "nmod", "nmod:poss", "case", "appos", "nummod", "advmod", "fixed"
)  # fmt: skip
_NO_SPEAKERS = load_both("quotes", "labels")
_EXPLETIVES = load_both("pronouns", "expletive_speakers")
_NAMED = ("name", "title")


def find_speaking(verb: Token) -> Token | None:
    """The word that heads the subject of a reporting verb; in a passive who is named with `door` or `by`."""
    if is_passive(verb):
        return next(iter(agents_of_passive(verb)), None)
    is_past = verb.dep_ in ("acl", "amod") and "Past" in verb.morph.get("Tense", []) and not has_finite(verb)
    found = [one for one in subjects(verb) if not _is_expletive(one)]
    if found or is_past:
        return None if is_past else found[0]
    return _subject_before(verb) or _subject_above(verb)


def _subject_before(verb: Token) -> Token | None:
    """A subject right before an English verb, which the tree hangs on what is said."""
    if verb.doc.lang_ != "en" or not has_finite(verb) or verb.i == 0:
        return None
    before = verb.doc[verb.i - 1]
    if before.pos_ not in ("PROPN", "NOUN", "PRON") or before.dep_ not in ("nsubj", "flat", "compound", "nsubj:pass"):
        return None
    return before.head if before.dep_ in ("flat", "compound") and before.head.i < verb.i else before


def _subject_above(verb: Token) -> Token | None:
    """The subject that a participle or a second verb shares with the verb it hangs on."""
    head = verb.head
    if head.i == verb.i or verb.dep_ not in ("parataxis", "advcl", "acl", "conj", "dep", "xcomp", "amod"):
        return None
    if verb.dep_ in ("acl", "amod") and head.pos_ in ("NOUN", "PROPN", "PRON"):
        return head
    found = [one for one in subjects(head) if not _is_expletive(one)]
    return found[0] if found and not is_passive(head) else None


def _is_expletive(token: Token) -> bool:
    return token.lower_ in _EXPLETIVES


def speaker_at(view: ArticleView, token: Token | None) -> Speaker:
    """The mention that a word heads or stands in; of a spokesperson the actor spoken for.

    Parameters
    ----------
    view : ArticleView
        The article.
    token : Token or None
        The word that heads the subject; None where nobody is named.
    """
    if token is None:
        return Speaker(None)
    for one in (token, *children(token, ("flat", "flat:name", "compound", "appos"))):
        found = _holding(view, one)
        if found is not None:
            return Speaker(_prefer_name(view, token, found), "_pronoun" if found.form == "pronoun" else "")
    if token.lower_ in _THIRD_PERSONS and token.pos_ in ("PRON", "DET"):
        mention = resolve_pronoun(view, Word(token.idx, token.idx + len(token), token.text))
        return Speaker(mention, "_pronoun" if mention else "")
    return _speaker_behind(view, token)


def speaker_beside(view: ArticleView, doc: Doc, at: int) -> Speaker:
    """An actor right before a verb, where the tree gives the verb no subject: ``Veldbelang kondigde ... aan``."""
    place = at - 1
    while place > 0 and doc[place].pos_ in ("ADV", "AUX") and not doc[place].text[:1].isupper():
        place -= 1
    if place < 0 or doc[at].sent.start > place or doc[place].pos_ in ("PUNCT", "ADP"):
        return Speaker(None)
    found = _holding(view, doc[place])
    if found is None or found.form not in ("name", "title", "nominal", "metonym", "pronoun"):
        return Speaker(None)
    first = next((i for i in range(doc[at].sent.start, place + 1) if doc[i].idx >= found.start), place)
    before = doc[first - 1] if first > doc[at].sent.start else None
    if before is not None and before.pos_ in ("ADP", "NOUN", "PROPN"):
        return Speaker(None)
    return Speaker(found)


def _speaker_behind(view: ArticleView, token: Token) -> Speaker:
    """The actor that a noun stands for: `de meeste boeren`, `een woordvoerder van Veldbelang`."""
    inner = [one.token for one in obliques(token) if one.preposition in _PART_OF]
    owners = [part for child in children(token, ("nmod:poss",)) for part in expand(child)]
    places: list[tuple[Token, str]] = []
    if token.lower_ in _QUANTITIES or token.pos_ == "NUM":
        places += [(one, "") for one in inner]
    if _VOICES.match(token.text) is not None:
        others = children(token, ("compound", "amod", "nmod"))
        places += [(one, "_spokesperson") for one in (*inner, *owners, *others)]
    for one, suffix in places:
        found = _holding(view, one)
        if found is not None:
            return Speaker(found, suffix)
    for one in owners:  # Veldbelangs voorman
        found = _holding(view, one)
        if found is not None and found.end >= token.idx + len(token):
            return Speaker(found)
    return Speaker(None)


def _holding(view: ArticleView, token: Token) -> Mention | None:
    """The longest mention that a token stands in."""
    end = token.idx + len(token)
    found = [
        mention
        for mention in view.mentions_near(token.idx)
        if mention.start < end and token.idx < mention.end and mention.rule != "demonym_adjective"
    ]
    return max(found, key=lambda mention: (mention.end - mention.start, -mention.start), default=None)


def _prefer_name(view: ArticleView, token: Token, found: Mention) -> Mention:
    """The name beside a description: ``de burgemeester, Maria Ortega, zei``."""
    if found.form in _NAMED:
        return found
    for one in children(token, ("appos", "flat")):
        named = _holding(view, one)
        if named is not None and named.form in _NAMED:
            return named
    return found


def can_speak(token: Token | None) -> bool:
    """Whether a word before a colon that is no mention can speak: ``De partijleider:``, ``WALLACE:``, ``Poll:``."""
    if token is None or token.lower_ in _NO_SPEAKERS:
        return False
    is_described = token.text.islower() and any(child.dep_ == "det" for child in token.children)
    return is_described or _VOICES.match(token.text) is not None or (token.text.isupper() and len(token.text) > 2)


def is_first_person(token: Token | None) -> bool:
    """Whether the speaker of a stretch inside a quote is the speaker of that quote."""
    return token is not None and token.lower_ in FIRST_PERSONS


def phrase_of(token: Token) -> set[int]:
    """Tokens of a speaker's phrase, without clauses and without what is coordinated with it."""
    kept = {token.i}
    for child in children(token, _PHRASE):
        kept |= {part.i for part in child.subtree}
    return kept
