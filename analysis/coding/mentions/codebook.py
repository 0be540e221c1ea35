"""Match the wording of a codebook: names, last names, descriptions, demonyms and metonyms.

Reads an article and its compiled `Wordings`; returns mentions. The longest match wins; whole words only. Names,
demonyms and metonyms keep their capitals, descriptions do not. What it cannot see: two people who share a last name
that only one of them has in the codebook.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Span

from analysis.coding.language.tokens import GROUP_HEADS, is_capitalised, is_never_actor
from analysis.coding.mentions.article import Article, Mention
from analysis.coding.mentions.names import is_title, take_title
from analysis.coding.mentions.places import is_in_place, is_metonym, read_demonym
from analysis.coding.mentions.wordings import (
    BARE,
    DEMONYM,
    LAST_NAME,
    METONYM,
    NAME,
    NOBODY,
    NOMINAL,
    ORDER,
    SURNAME,
    UNSURE,
    Entry,
)
from analysis.coding.syntax.participants import GOVERNMENT, GROUP, ORGANISATION, PERSON, PLACE, kind_of

PLACE_NAME, PLACE_ADJECTIVE = "place_name", "place_adjective"
"""Rules of the option `places`: a country's name or adjective that stands for nobody here."""


@dataclass(frozen=True, eq=False)
class Matcher:
    """Matches the wordings in one article.

    Attributes
    ----------
    article : Article
        The article, with its wordings.
    metonyms : bool
        Whether a place may stand for its government.
    places : bool
        Whether a country counts where it is only a place, or only says where something comes from.
    known : dict of str to int
        Where each actor was last named in the article: decides between actors that share a wording.
    """

    article: Article
    metonyms: bool = True
    places: bool = False
    known: dict[str, int] = field(default_factory=dict)

    def match(self) -> list[Mention]:
        """Mentions of the actors, in text order and without overlap."""
        found: list[Mention] = []
        for start, stop in self.article.bounds:
            i = floor = start
            while i < stop:
                best = self._find_longest(i, stop, floor)
                if best is None:
                    i += 1
                    continue
                last, entry = best
                mention = self._describe(i, last, floor, stop, entry)
                if mention is not None:
                    found.append(mention)
                    self.known[entry.actor_id] = i
                    floor = last + 1  # a title is taken from what no mention has
                i = last + 1
        return found

    def _find_longest(self, i: int, stop: int, floor: int) -> tuple[int, Entry] | None:
        candidates = [pair for pair in self._candidates(i, stop) if self._fits(i, pair[0], floor, stop, pair[1])]
        if not candidates:
            return None
        best = max((last, -ORDER[entry.kind]) for last, entry in candidates)
        rivals = [(last, entry) for last, entry in candidates if (last, -ORDER[entry.kind]) == best]
        rivals.sort(key=lambda pair: -self.known.get(pair[1].actor_id, -1))
        first = rivals[0][1]
        is_shared = first.kind == LAST_NAME and len({entry.actor_id for _, entry in rivals}) > 1
        if is_shared and first.actor_id not in self.known:
            return None  # two people of this name, and neither has been introduced
        return rivals[0]

    def _candidates(self, i: int, stop: int) -> Iterator[tuple[int, Entry]]:
        """Entries that stand at `i`, each with its last word."""
        variants, wordings = _variants(self.article.words[i].text), self.article.wordings
        for number, variant in enumerate(variants):
            for entry in wordings.exact.get(variant, ()):
                if len(entry.words) == 1:
                    yield i, entry
                elif not number and (last := self._find_end(i, stop, entry)) is not None:
                    yield last, entry
        for entry in wordings.lower.get(variants[0].lower(), ()):
            if (last := self._find_end(i, stop, entry)) is not None:
                yield last, entry

    def _find_end(self, i: int, stop: int, entry: Entry) -> int | None:
        """Index of the last word when `entry` stands at `i`; a middle initial in a person's name is skipped."""
        k, final = i, len(entry.words) - 1
        for n, wanted in enumerate(entry.words[1:], start=1):
            initial = self.article.after(k, stop)
            is_initial = initial[:1].isupper() and len(initial.rstrip(".")) == 1
            if entry.kind == NAME and is_initial and initial != wanted:
                k += 1
            actual = self.article.after(k, stop).replace("’", "'")
            k += 1
            if entry.kind == NOMINAL:
                actual = actual.lower()
            if actual != wanted and (n < final or entry.kind == NOMINAL or wanted not in _variants(actual)):
                return None
        return k

    def _fits(self, i: int, last: int, floor: int, stop: int, entry: Entry) -> bool:
        """Whether context allows the reading: a metonym's role, a last name without a stranger's first name."""
        if entry.world and entry.actor_id != NOBODY and not self._is_country(i, last, entry):
            return False
        if entry.kind == METONYM:
            return self.metonyms and is_metonym(self.article, i, last, floor, stop)
        if entry.kind == LAST_NAME or entry.reading == SURNAME:
            return not self._is_stranger(i, floor, stop)
        return True

    def _is_stranger(self, i: int, floor: int, stop: int) -> bool:
        """Whether another first name stands before a last name at `i`."""
        before = self.article.before(i, floor)
        if not before or not is_capitalised(before) or self._is_title_or_function_word(before):
            return False
        if any(entry.kind == DEMONYM for entry in self.article.wordings.exact.get(before, ())):
            return False
        return i - 1 > floor or i + 1 >= stop or self.article.words[i].text[0].islower()

    def _is_country(self, i: int, last: int, entry: Entry) -> bool:
        """Whether a word of the world is its country's here: no part of a longer name, and supported if unsure."""
        article, (start, end) = self.article, (self.article.words[i].start, self.article.words[last].end)
        is_ignored = any(k in article.ignored for k in range(i, last + 1))
        if not article.has_entities or is_ignored or article.text[end : end + 1] == "$":
            return False  # US$ 5 billion
        entities = [e for e in article.doc.ents if e.start_char < end and start < e.end_char]
        if any(self._is_longer_name(entity, i, last) for entity in entities):
            return False
        if entry.world != UNSURE or any(kind_of(entity) in (PLACE, GOVERNMENT, GROUP) for entity in entities):
            return True
        return entry.kind == DEMONYM and article.token(last).pos_ == "ADJ"

    def _is_longer_name(self, entity: Span, i: int, last: int) -> bool:
        """Whether an entity is a longer name that only holds the country at `i` (``Air France``)."""
        article = self.article
        span = article.find_words(entity)
        if span is None:
            return False
        first, end = span
        others = [k for k in range(first, end + 1) if not i <= k <= last]
        if any(is_capitalised(article.words[k].text) and k not in (first, i - 1) for k in others):
            return True
        if others and kind_of(entity) == PERSON:
            return True  # Frans Timmermans
        word = article.words[first].text
        is_named_after = first < i and last == end and is_capitalised(word) and word.lower() not in GROUP_HEADS
        # Bank of America
        return kind_of(entity) == ORGANISATION and is_named_after and not self._is_title_or_function_word(word)

    def _is_title_or_function_word(self, word: str) -> bool:
        return self.article.is_function_word(word.rstrip(".")) or is_title(word, self.article.language.code)

    def _describe(self, i: int, last: int, floor: int, stop: int, entry: Entry) -> Mention | None:
        article, first, form, rule = self.article, i, entry.kind, f"codebook_{entry.kind}"
        if entry.actor_id == NOBODY:
            return None
        if entry.kind == METONYM:
            rule = METONYM
        elif entry.kind == LAST_NAME:
            form, rule = NAME, "last_name"
        elif entry.kind == NAME and entry.world:
            rule = PLACE_NAME if is_in_place(article, i, floor) else "country_name"
        elif entry.kind == DEMONYM:
            reading = read_demonym(article, last, stop, entry.reading)
            rule = PLACE_ADJECTIVE if reading is None else f"demonym_{reading}"
        if rule in (PLACE_NAME, PLACE_ADJECTIVE) and not self.places:
            return None
        if form == NAME and entry.actor_id in article.wordings.people:
            start = self._take_first_name(i, floor) if entry.reading == BARE else i
            first = take_title(article, start, floor)
            form = "title" if first < start else NAME
        return Mention(article.words[first].start, article.words[last].end, entry.actor_id, form, rule, first, last)

    def _take_first_name(self, i: int, floor: int) -> int:
        """Index of the first name before a surname that is all the codebook has (``Klaas van Loon``).

        A capital that opens a sentence proves no first name, except before a particle in small letters.
        """
        article, first = self.article, i
        while before := article.before(first, floor):
            opens = first - 1 == floor and not article.words[i].text[0].islower()
            is_name = before[0].isupper() and before not in article.wordings.exact and not is_never_actor(before)
            if opens or not is_name or self._is_title_or_function_word(before):
                break
            first -= 1
        return first


def _variants(word: str) -> list[str]:
    """A word as it stands, and without genitive or the head of a compound that names the same group."""
    plain = word.replace("’", "'").replace("‑", "-")
    variants = [plain]
    if plain.endswith("'s"):
        variants.append(plain[:-2])
    elif plain.endswith("s") and len(plain) > 3:
        variants.append(plain[:-1])
    head, hyphen, tail = plain.rpartition("-")
    if hyphen and tail.lower() in GROUP_HEADS:
        variants.append(head)
    return variants
