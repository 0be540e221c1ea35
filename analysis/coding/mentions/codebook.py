"""Match the wording of a codebook: names, last names, descriptions, demonyms and metonyms.

Reads the scene of an article and the compiled `Wordings`; returns spans with an actor, a form and a rule. The longest
match wins; whole words only. Names, demonyms and metonyms keep their capitals, descriptions do not.
What it cannot see: two people who share a last name that only one of them has in the codebook.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.coding.language.tokens import (
    GROUP_HEADS,
    TITLES,
    are_adjacent,
    function_words,
    is_capitalised,
    is_never_actor,
)
from analysis.coding.mentions.demonyms import read_demonym
from analysis.coding.mentions.metonyms import is_in_place, is_metonym
from analysis.coding.mentions.names import take_title
from analysis.coding.mentions.scene import Found, Scene
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
    Wordings,
)

PLACE_NAME, PLACE_ADJECTIVE = "place_name", "place_adjective"
"""Rules of the option `places`: a country's name or adjective that stands for nobody here."""
_COUNTRY_TYPES = frozenset(["place", "government", "group", "GPE", "LOC", "NORP"])


@dataclass(frozen=True, eq=False)
class Matcher:
    """Matches the wordings in one article.

    Attributes
    ----------
    scene : Scene
        The article.
    wordings : Wordings
        From `compile_wordings`.
    metonyms : bool
        Whether a place may stand for its government.
    places : bool
        Whether a country counts where it is only a place, or only says where something comes from.
    known : dict of str to int
        Where each actor was last named in the article: decides between actors that share a wording.
    """

    scene: Scene
    wordings: Wordings
    metonyms: bool = True
    places: bool = False
    known: dict[str, int] = field(default_factory=dict)

    def match(self) -> list[Found]:
        """Mentions of the actors.

        Returns
        -------
        list of Found
            In text order, without overlap.
        """
        found: list[Found] = []
        for start, stop in self.scene.bounds:
            i = floor = start
            while i < stop:
                best = self._longest(i, stop, floor)
                if best is None:
                    i += 1
                    continue
                last, entry = best
                match = self._describe(i, last, floor, stop, entry)
                if match is not None:
                    found.append(match)
                    self.known[entry.actor_id] = i
                i = last + 1
                floor = floor if match is None else i
        return found

    def _longest(self, i: int, stop: int, floor: int) -> tuple[int, Entry] | None:
        word = self.scene.words[i].text
        plain = word.replace("’", "'")
        candidates: list[tuple[int, Entry]] = []
        for variant in _variants(word):
            for entry in self.wordings.exact.get(variant, ()):
                last = self._span(i, stop, entry, variant == plain)
                candidates += [] if last is None else [(last, entry)]
        for entry in self.wordings.lower.get(plain.lower(), ()):
            last = self._span(i, stop, entry, True)
            candidates += [] if last is None else [(last, entry)]
        candidates = [pair for pair in candidates if self._fits(i, pair[0], floor, stop, pair[1])]
        if not candidates:
            return None
        longest = max(last for last, _ in candidates)
        kind = min(ORDER[entry.kind] for last, entry in candidates if last == longest)
        rivals = [pair for pair in candidates if pair[0] == longest and ORDER[pair[1].kind] == kind]
        rivals.sort(key=lambda pair: -self.known.get(pair[1].actor_id, -1))
        is_shared = len({entry.actor_id for _, entry in rivals}) > 1 and rivals[0][1].kind == LAST_NAME
        if is_shared and rivals[0][1].actor_id not in self.known:
            return None  # two people of this name, and neither has been introduced
        return rivals[0]

    def _span(self, i: int, stop: int, entry: Entry, is_whole: bool) -> int | None:
        """Index of the last word when `entry` stands at `i`; a middle initial in a person's name is skipped."""
        if len(entry.words) == 1:
            return i
        if not is_whole:
            return None
        words = self.scene.words
        k = i
        for n, wanted in enumerate(entry.words[1:], start=2):
            k += 1
            if (
                k < stop
                and entry.kind == NAME
                and len(words[k].text.rstrip(".")) == 1
                and words[k].text[0].isupper()
                and (wanted != words[k].text)
            ):
                k += 1
            if k >= stop or not self.scene.adjoins(k - 1):
                return None
            actual = words[k].text.replace("’", "'")
            if entry.kind == NOMINAL:
                if actual.lower() != wanted:
                    return None
            elif actual != wanted and not (n == len(entry.words) and wanted in _variants(actual)):
                return None
        return k

    def _fits(self, i: int, last: int, floor: int, stop: int, entry: Entry) -> bool:
        """Whether context allows the reading: a metonym's role, a last name without a stranger's first name."""
        if entry.world and entry.actor_id != NOBODY and not self._is_country(i, last, entry):
            return False
        if entry.kind == METONYM:
            return self.metonyms and is_metonym(self.scene, i, last, floor, stop)
        if entry.kind == LAST_NAME or entry.reading == SURNAME:
            return not self._is_stranger(i, floor, stop)
        return True

    def _is_stranger(self, i: int, floor: int, stop: int) -> bool:
        """Whether another first name stands before a last name at `i`."""
        words, language = self.scene.words, self.wordings.language
        if i <= floor or not self.scene.adjoins(i - 1):
            return False
        before = words[i - 1].text
        lowered = before.lower().rstrip(".")
        is_other = (
            is_capitalised(before)
            and lowered not in TITLES[language]
            and lowered.rpartition("-")[2] not in TITLES[language]
            and lowered not in function_words(language)
            and not any(e.kind == DEMONYM for e in self.wordings.exact.get(before, ()))
        )
        return is_other and (i - 1 > floor or i + 1 >= stop or words[i].text[0].islower())

    def _is_country(self, i: int, last: int, entry: Entry) -> bool:  # noqa: PLR0911  one return a reason
        """Whether a word of the world is its country's here: no part of a longer name, and supported if unsure."""
        scene = self.scene
        if any(k in scene.ignored for k in range(i, last + 1)) or scene.text[scene.words[last].end :].startswith("$"):
            return False  # US$ 5 billion
        start, end = scene.words[i].start, scene.words[last].end
        entities = [e for e in scene.doc.ents if e.start_char < end and start < e.end_char]
        for entity in entities:
            span = scene.find_words(entity.start_char, entity.end_char)
            if span is None:
                continue
            others = [k for k in range(span[0], span[1] + 1) if not i <= k <= last]
            if any(is_capitalised(scene.words[k].text) and k not in (span[0], i - 1) for k in others):
                return False  # Air France
            if others and entity.label_ in ("person", "PERSON", "PER"):
                return False  # Frans Timmermans
            if entity.label_ in ("organisation", "ORG") and last == span[1] and self._is_named_after(span[0], i):
                return False  # Bank of America, Garuda Indonesia
        if not scene.doc.has_annotation("ENT_IOB") and self._is_beside_capital(i, last):
            return False
        if entry.world != UNSURE:
            return True
        if entry.kind == DEMONYM and scene.has_tags:
            return scene.token(last).pos_ == "ADJ" or any(e.label_ in _COUNTRY_TYPES for e in entities)
        return any(entity.label_ in _COUNTRY_TYPES for entity in entities)

    def _is_named_after(self, first: int, i: int) -> bool:
        """Whether an organisation's name that begins at `first` only ends in the country at `i`."""
        word = self.scene.words[first].text
        lowered = word.lower()
        is_other = lowered in function_words(self.wordings.language) or lowered in TITLES[self.wordings.language]
        return first < i and is_capitalised(word) and not is_other and lowered not in GROUP_HEADS

    def _is_beside_capital(self, i: int, last: int) -> bool:
        words, text = self.scene.words, self.scene.text
        stops = function_words(self.wordings.language)
        after = (
            words[last + 1].text if last + 1 < len(words) and are_adjacent(text, words[last], words[last + 1]) else ""
        )
        before = words[i - 1].text if i and are_adjacent(text, words[i - 1], words[i]) else ""
        return after[:1].isupper() or (before[:1].isupper() and before.lower() not in stops)

    def _describe(self, i: int, last: int, floor: int, stop: int, entry: Entry) -> Found | None:
        words = self.scene.words
        first, form, rule = i, entry.kind, f"codebook_{entry.kind}"
        if entry.actor_id == NOBODY:
            return None
        if entry.kind in (NAME, LAST_NAME):
            form, rule = NAME, "last_name" if entry.kind == LAST_NAME else rule
            if entry.world:
                rule = "country_name"
                if is_in_place(self.scene, i, floor):
                    if not self.places:
                        return None
                    rule = PLACE_NAME
            if entry.actor_id in self.wordings.people:
                start = self._take_first_name(i, floor) if entry.reading == BARE else i
                first = take_title(self.scene.text, words, start, floor, self.wordings.language)
                form = "title" if first < start else NAME
        elif entry.kind == DEMONYM:
            reading = read_demonym(self.scene, last, stop, entry.reading, entry.words[0])
            if reading is None and not self.places:
                return None
            rule = PLACE_ADJECTIVE if reading is None else f"demonym_{reading}"
        elif entry.kind == METONYM:
            rule = METONYM
        return Found(words[first].start, words[last].end, entry.actor_id, form, rule, first, last)

    def _take_first_name(self, i: int, floor: int) -> int:
        """Index of the first name before a surname that is all the codebook has (``Klaas van Loon``).

        A capital that opens a sentence proves no first name, except before a particle in small letters.
        """
        words, language = self.scene.words, self.wordings.language
        first = i
        while first - 1 >= floor and self.scene.adjoins(first - 1):
            before = words[first - 1].text
            lowered = before.lower().rstrip(".")
            if (
                not before[0].isupper()
                or lowered.rpartition("-")[2] in TITLES[language]
                or lowered in function_words(language)
                or is_never_actor(before)
                or before in self.wordings.exact
                or (first - 1 == floor and not words[i].text[0].islower())
            ):
                break
            first -= 1
        return first


def _variants(word: str) -> list[str]:
    """A word as it stands and without genitive or the head of a compound that names the same group."""
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
