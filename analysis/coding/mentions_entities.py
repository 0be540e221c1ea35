"""Actors that no codebook lists, found by the entities of a reading.

Reads the words of an article, its Doc (``doc.ents``, and where the reading gives them ``doc.spans["actors"]``, tags and
heads) and the spans already taken; returns names, and if asked for descriptions, as spans with an ``unlisted:<name>``
actor. Entities are of the shipped model's types or of spaCy's pipelines. A place is an actor only where it speaks or
acts (``Parijs weigert``, ``sancties tegen Teheran``). It inherits the reading's errors.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from spacy.tokens import Doc, Span, Token

from analysis.coding.mentions_codebook import NOMINAL, Found
from analysis.coding.mentions_credits import CREDIT_WORDS
from analysis.coding.mentions_metonyms import is_metonym
from analysis.coding.mentions_names import FIRST_PARTICLES, is_street
from analysis.coding.mentions_naming import Run, find_people, is_first_name, name_runs, slug
from analysis.coding.mentions_tokens import (
    DETERMINERS,
    PLACE_PREPOSITIONS,
    TITLES,
    Word,
    are_adjacent,
    function_words,
    is_never_actor,
    word_set,
)
from analysis.coding.reporting import load_reporting
from analysis.schema import UNLISTED

PERSON, GROUP, ORGANISATION, GOVERNMENT, PLACE = "person", "group", "organisation", "government", "place"
_KINDS = {
    PERSON: PERSON, GROUP: GROUP, ORGANISATION: ORGANISATION, GOVERNMENT: GOVERNMENT, PLACE: PLACE, "misc": PLACE,
    "PERSON": PERSON, "PER": PERSON, "NORP": GROUP, "ORG": ORGANISATION, "GPE": PLACE, "LOC": PLACE, "MISC": PLACE,
}  # fmt: skip
"""The reading's types as ours; other types (dates, amounts, works) are no actors. ``misc`` must act, like a place."""
_ADDRESSED = word_set("met tegen volgens aldus namens with against")
"""Prepositions after which even a place is somebody."""
_BORDERS = word_set("grens grenzen border borders")
_STATES = word_set("zijn worden blijven liggen tellen be become remain lie")
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubjpass", "csubj", "obl:agent"))
_TITLE_LENGTH = 4
_GENITIVE = 2
"""Letters that a word may have after the name in it (``Trump’s``); more make it another word (``VVD-plan``)."""


def find_entities(
    text: str, words: Sequence[Word], sentences: Sequence[tuple[int, int]], taken: Sequence[Found], language: str,
    doc: Doc, *, places: frozenset[str] = frozenset(), people: frozenset[str] = frozenset(),
    ignored: frozenset[int] = frozenset(),
) -> list[Found]:  # fmt: skip
    """Named actors among the entities that `taken` does not cover.

    Parameters
    ----------
    text : str
        The article.
    words : sequence of Word
        All words of the article.
    sentences : sequence of tuple of int
        Half-open ranges of words, one per sentence.
    taken : sequence of Found
        Mentions of the codebook's actors.
    language : str
        ``nl`` or ``en``.
    doc : spacy.tokens.Doc
        The article as read; its text is `text`.
    places : frozenset of str
        Words the codebook lists as metonyms: never unlisted actors.
    people : frozenset of str
        Ids of the codebook's persons: a first name before one of them is a part of that name.
    ignored : frozenset of int
        Words of datelines and credits: never actors.

    Returns
    -------
    list of Found
        In text order, without overlap with `taken` or each other.
    """
    scene = _Scene(text, words, sentences, language, doc)
    covered = {k for match in taken for k in range(match.first, match.last + 1)} | ignored
    adjectives = {k for m in taken if m.rule == "demonym_adjective" for k in range(m.first, m.last + 1)}
    named = find_people(taken, people)
    runs: list[Run] = []
    floor = 0
    seen: set[int] = set()
    for entity in sorted(doc.ents, key=lambda ent: (ent.start_char, -ent.end_char)):
        kind = _find_kind(entity)
        span = scene.find_words(entity.start_char, entity.end_char)
        if span is None:
            continue
        first, last, sentence = span
        seen.update(range(first, last + 1))
        if kind is None or words[last].end - entity.end_char > _GENITIVE or scene.is_credit(first):
            continue
        while first <= last and first in adjectives:
            first += 1
        first = max(first, floor)
        trimmed = scene.trim(first, last, kind)
        if trimmed is None:
            continue
        first = trimmed
        if any(k in covered for k in range(first, last + 1)) or is_first_name(text, words, last, named):
            continue
        if any(words[k].text in places for k in range(first, last + 1)):
            continue
        if kind != PERSON and is_street(words, first, last):
            continue
        if scene.is_actor(first, last, sentence, kind, entity):
            title = scene.find_title(first, covered) if kind == PERSON else None
            runs.append(Run(first, last, False, False, sentence, is_whole=kind != PERSON, title=title))
            floor = last + 1
    runs = sorted([*runs, *scene.repeat(runs, covered | seen)])
    starts = [start for start, _ in sentences]
    return name_runs(text, words, runs, starts, covered, language, rule="entity")


def find_actor_phrases(
    words: Sequence[Word], taken: Sequence[tuple[int, int]], doc: Doc, sentences: Sequence[tuple[int, int]]
) -> list[Found]:
    """Descriptions of actors (``betogers``, ``de vakbond``) that neither a codebook nor a name covers.

    Parameters
    ----------
    words : sequence of Word
        All words of the article.
    taken : sequence of tuple of int
        Half-open characters of the mentions found so far.
    doc : spacy.tokens.Doc
        The article as read; without ``doc.spans["actors"]`` nothing is found.
    sentences : sequence of tuple of int
        Half-open ranges of words, one per sentence.

    Returns
    -------
    list of Found
        The part of each phrase around its head that is not taken; the actor is the lemma of the head.
    """
    phrases = doc.spans.get("actors", [])
    blocked = sorted(taken)
    found: list[Found] = []
    scene = _Scene(doc.text, words, sentences, "", doc)
    for phrase in sorted(phrases, key=lambda span: (span.start_char, -span.end_char)):
        head = _find_head(phrase)
        span = scene.find_words(phrase.start_char, phrase.end_char)
        is_noun = head.pos_ == "NOUN" if scene.has_tags else head.text.islower()
        if span is None or not is_noun or _KINDS.get(phrase.label_) in (None, PLACE):
            continue
        inner = [k for k in range(span[0], span[1] + 1) if words[k].start <= head.idx < words[k].end]
        if not inner or _is_taken(words[inner[0]], blocked):
            continue
        first = last = inner[0]
        while first > span[0] and not _is_taken(words[first - 1], blocked):
            first -= 1
        while last < span[1] and not _is_taken(words[last + 1], blocked):
            last += 1
        name = slug(head.lemma_ or head.text) or slug(head.text)
        match = Found(words[first].start, words[last].end, UNLISTED + name, NOMINAL, "actor_phrase", first, last)
        found.append(match)
        blocked = sorted([*blocked, (match.start, match.end)])
    return found


class _Scene:
    """One article: its words, and what the reading says of them."""

    def __init__(
        self, text: str, words: Sequence[Word], sentences: Sequence[tuple[int, int]], language: str, doc: Doc
    ) -> None:
        self.text, self.words, self.sentences, self.language, self.doc = text, words, sentences, language, doc
        self.starts = [word.start for word in words]
        self.ends = [word.end for word in words]
        self.sentence_starts = [start for start, _ in sentences]
        self.has_tags = doc.has_annotation("TAG") or doc.has_annotation("POS")
        self.has_tree = doc.has_annotation("DEP")
        self.offsets = [token.idx for token in doc]

    def find_words(self, start: int, end: int) -> tuple[int, int, int] | None:
        """First and last word that characters touch, within one sentence, and the number of that sentence."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end) - 1
        sentence = bisect_right(self.sentence_starts, first) - 1
        if first > last or sentence < 0:
            return None
        last = min(last, self.sentences[sentence][1] - 1)
        return (first, last, sentence) if first <= last else None

    def token(self, k: int) -> Token:
        """The token in which a word ends."""
        return self.doc[bisect_right(self.offsets, self.words[k].end - 1) - 1]

    def trim(self, first: int, last: int, kind: str) -> int | None:
        """First word of the name without article and, for a person, without title; None where no name is left."""
        words = self.words
        while first <= last and words[first].text.lower() in DETERMINERS:
            is_particle = kind == PERSON and first < last and words[first].text in FIRST_PARTICLES
            if is_particle:
                break
            first += 1
        if kind == PERSON:
            titles = [k for k in range(first, last + 1) if self._is_title(k)]
            first = titles[-1] + 1 if titles and titles[-1] < last else first
            if first == last and titles == [last] and words[last].text.islower():
                return None
        if first > last or not any(sign.isupper() for k in range(first, last + 1) for sign in words[k].text):
            return None
        stops = function_words(self.language)
        if first == last and (
            is_never_actor(words[first].text)
            or (words[first].text.lower() in stops and not words[first].text.isupper())
        ):
            return None
        return first

    def is_actor(self, first: int, last: int, sentence: int, kind: str, entity: Span) -> bool:
        """Whether a name of this type is somebody here."""
        words = self.words
        floor, stop = self.sentences[sentence]
        before = words[first - 1].text.lower() if first > floor and self._adjoins(first - 1) else ""
        if before in DETERMINERS and first - 2 >= floor and self._adjoins(first - 2):
            before = words[first - 2].text.lower()
        if kind == GROUP and first == last and self._is_adjective(first, stop):
            return False
        if kind == GOVERNMENT:
            return before not in PLACE_PREPOSITIONS[self.language] or (before == "bij" and first < last)
        if kind != PLACE or not is_metonym(self.text, words, first, last, floor, stop, self.language):
            return kind != PLACE
        follows = words[last + 1].text if last + 1 < stop and self._adjoins(last) else ""
        is_according = before == "to" and first - 2 >= floor and words[first - 2].text.lower() == "according"
        is_border = first - 2 >= floor and words[first - 2].text.lower() in _BORDERS
        is_addressed = (before in _ADDRESSED and not is_border) or is_according
        is_heard = follows in load_reporting(self.language).finite or is_addressed
        return is_heard or (self.has_tree and _acts(entity))

    def is_credit(self, k: int) -> bool:
        """Whether the word before says that this is who made a picture or a text (``Foto Jan Bos``)."""
        gap = self.text[self.words[k - 1].end : self.words[k].start] if k else ""
        return k > 0 and self.words[k - 1].text.lower() in CREDIT_WORDS and len(gap) <= 2

    def find_title(self, first: int, covered: Collection[int]) -> int | None:
        """First of the common nouns that an actor phrase puts before a name (``viroloog Bos``)."""
        if "actors" not in self.doc.spans or not self.has_tags:
            return None
        start = self.words[first].start
        phrase = next((s for s in self.doc.spans["actors"] if s.start_char < start < s.end_char), None)
        if phrase is None:
            return None
        k = first
        while (
            k > 0
            and k - 1 not in covered
            and self.words[k - 1].start >= phrase.start_char
            and self._adjoins(k - 1)
            and first - k < _TITLE_LENGTH
            and self.token(k - 1).pos_ == "NOUN"
        ):
            k -= 1
        return k if k < first else None

    def repeat(self, runs: Sequence[Run], closed: Collection[int]) -> list[Run]:
        """Further places where a name that was found once stands and the reading saw nothing."""
        names: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
        for run in runs:
            parts = tuple(self.words[k].text for k in range(run.first, run.last + 1))
            tails = [parts, *([parts[-1:]] if not run.is_whole and len(parts) > 1 else [])]
            for tail in tails:
                if len(" ".join(tail)) > 2 and tail[0][0].isupper():
                    names.setdefault(tail[0], []).append((tail, run.is_whole))
        found: list[Run] = []
        taken = set(closed) | {k for run in runs for k in range(run.first, run.last + 1)}
        for number, (start, stop) in enumerate(self.sentences):
            for k in range(start, stop):
                for tail, is_whole in sorted(names.get(self.words[k].text, ()), key=lambda pair: -len(pair[0])):
                    last = k + len(tail) - 1
                    if (
                        last < stop
                        and tuple(word.text for word in self.words[k : last + 1]) == tail
                        and not any(n in taken for n in range(k, last + 1))
                        and not self._is_part(k, last, start, stop)
                    ):
                        found.append(Run(k, last, False, False, number, is_whole=is_whole))
                        taken.update(range(k, last + 1))
                        break
        return found

    def _is_part(self, first: int, last: int, start: int, stop: int) -> bool:
        """Whether a capital beside a name makes it another name, or the name opens a sentence as a common word may."""
        words = self.words
        before = words[first - 1].text if first > start and self._adjoins(first - 1) else ""
        follows = words[last + 1].text if last + 1 < stop and self._adjoins(last) else ""
        is_common = first == last and any(word.text == words[first].text.lower() for word in words)
        is_named = before[:1].isupper() and before.lower() not in function_words(self.language) and first - 1 > start
        return is_common or is_named or follows[:1].isupper() or before.lower() in PLACE_PREPOSITIONS[self.language]

    def _is_title(self, k: int) -> bool:
        lowered = self.words[k].text.lower().rstrip(".")
        return lowered in TITLES[self.language] or lowered.rpartition("-")[2] in TITLES[self.language]

    def _is_adjective(self, k: int, stop: int) -> bool:
        """Whether a people's name only describes what follows it (``Iraakse soldaten``)."""
        follows = self.words[k + 1].text if k + 1 < stop and self._adjoins(k) else ""
        is_before_noun = bool(follows) and follows.lower() not in function_words(self.language)
        if self.has_tags:
            token = self.token(k)
            return token.pos_ == "ADJ" or (self.has_tree and token.dep_ == "amod")
        return is_before_noun and re.search(r"(?:s|se|ish|ese|ian|ean|can|i)\Z", self.words[k].text) is not None

    def _adjoins(self, k: int) -> bool:
        return are_adjacent(self.text, self.words[k], self.words[k + 1])


def _find_kind(entity: Span) -> str | None:
    """The type of an entity; a place that the layer of actor phrases calls something else is that."""
    kind = _KINDS.get(entity.label_)
    if kind == PLACE:
        same = (s for s in entity.doc.spans.get("actors", []) if (s.start, s.end) == (entity.start, entity.end))
        kinds = [_KINDS.get(phrase.label_) for phrase in same]
        kind = next((other for other in kinds if other in (PERSON, GROUP, ORGANISATION)), kind)
    return kind


def _acts(entity: Span) -> bool:
    """Whether a name is the subject or agent of a verb that is no mere state."""
    token = entity.root
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token.dep_ in _SUBJECTS and token.head.pos_ == "VERB" and token.head.lemma_ not in _STATES


def _find_head(phrase: Span) -> Token:
    return phrase.root if phrase.doc.has_annotation("DEP") else phrase[-1]


def _is_taken(word: Word, blocked: Sequence[tuple[int, int]]) -> bool:
    return any(start < word.end and word.start < end for start, end in blocked)
