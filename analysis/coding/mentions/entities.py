"""Actors that no codebook lists, found by the entities of a reading.

Reads the scene of an article (its Doc's ``doc.ents``, and where the reading gives them ``doc.spans["actors"]``, tags
and heads) and the spans already taken; returns names as spans with an ``unlisted:<name>`` actor. Entities are of the
shipped model's types or of spaCy's pipelines. A place is an actor only where it speaks or acts (``Parijs weigert``,
``sancties tegen Teheran``). It inherits the reading's errors.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from spacy.tokens import Span

from analysis.coding.language.gender import gender_of_name
from analysis.coding.language.reporting import load_reporting
from analysis.coding.language.tokens import (
    DETERMINERS,
    PLACE_PREPOSITIONS,
    TITLES,
    Word,
    function_words,
    is_never_actor,
)
from analysis.coding.mentions.affiliations import end_of_name
from analysis.coding.mentions.credits import CREDIT_WORDS
from analysis.coding.mentions.metonyms import is_metonym
from analysis.coding.mentions.names import FIRST_PARTICLES, SURNAME_PARTICLES, is_street
from analysis.coding.mentions.naming import Run, find_people, head_of_compound, is_first_name, name_runs
from analysis.coding.mentions.organisations import is_kind, short_part, take_kind
from analysis.coding.mentions.phrases import is_thing
from analysis.coding.mentions.scene import Found, Scene
from analysis.contracts.words import load_both

PERSON, GROUP, ORGANISATION, GOVERNMENT, PLACE = "person", "group", "organisation", "government", "place"
_KINDS = {
    PERSON: PERSON, GROUP: GROUP, ORGANISATION: ORGANISATION, GOVERNMENT: GOVERNMENT, PLACE: PLACE, "misc": PLACE,
    "PERSON": PERSON, "PER": PERSON, "NORP": GROUP, "ORG": ORGANISATION, "GPE": PLACE, "LOC": PLACE, "MISC": PLACE,
}  # fmt: skip
"""The reading's types as ours; other types (dates, amounts, works) are no actors. ``misc`` must act, like a place."""
_ADDRESSED = load_both("metonyms", "addressing_prepositions")
"""Prepositions after which even a place is somebody."""
_BORDERS = load_both("metonyms", "border_nouns")
_STATES = load_both("metonyms", "mere_state_verbs")
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubjpass", "csubj", "obl:agent"))
_NUMBERED = frozenset(("flat", "nummod", "nmod", "appos", "compound"))
_CODE = re.compile(r"\d{2,4}|(?:[A-Z]{1,3}-?)\d{1,4}[A-Z]{0,2}|\d{1,4}[A-Z]{1,2}")
_BETWEEN = 2
_FUNCTIONS = load_both("titles", "functions_after_names")
"""What an English headline puts after the name of an organisation (``Velox Executive Vice President Ann Cole``)."""
_BARE_TITLES = load_both("titles", "bare_titles")
_TITLE_LENGTH = 4
_GENITIVE = 2
"""Letters that a word may have after the name in it (``Trump’s``); more make it another word (``VVD-plan``)."""


def find_entities(scene: Scene, taken: Sequence[Found], *, places: bool = False) -> list[Found]:
    """Named actors among the entities that `taken` does not cover.

    Parameters
    ----------
    scene : Scene
        The article.
    taken : sequence of Found
        Mentions of the codebook's actors.
    places : bool
        Whether every place is an actor.

    Returns
    -------
    list of Found
        In text order, without overlap with `taken` or each other.
    """
    words, covered = scene.words, {k for match in taken for k in range(match.first, match.last + 1)} | scene.ignored
    adjectives = {k for m in taken if m.rule == "demonym_adjective" for k in range(m.first, m.last + 1)}
    named = find_people(taken, scene.people)
    shorts = _find_shorts(scene)
    runs: list[Run] = []
    floor = 0
    seen: set[int] = set()
    for entity in _join_flat(scene):
        span = scene.find_words(entity.start_char, entity.end_char)
        if span is None:
            continue
        first, last, sentence = span
        kind, last = _read_entity(scene, entity, first, last, shorts)
        if kind == ORGANISATION and first == last and is_kind(words[first].text) and _precedes_name(scene, last):
            continue  # the name follows
        seen.update(range(first, last + 1))
        if kind is None or words[last].end - entity.end_char > _GENITIVE or _is_credit(scene, first):
            continue
        while first <= last and first in adjectives:
            first += 1
        first = max(first, floor)
        trimmed = _trim(scene, first, last, kind)
        if trimmed is None:
            continue
        first = trimmed
        if kind == ORGANISATION and first > floor:
            first = take_kind(scene, first, sentence)
        if any(k in covered for k in range(first, last + 1)) or is_first_name(scene.text, words, last, named):
            continue
        if _is_nobody(scene, first, last, kind, places=places) or _is_numbered(scene, last, kind, entity):
            continue
        if (kind == PLACE and places) or _is_actor(scene, first, last, sentence, kind, entity):
            title = _find_title(scene, first, covered) if kind == PERSON else None
            if kind == PERSON and first == scene.starts[sentence] and _is_titled(words, first, last):
                title, first = first, first + 1
            runs.append(
                Run(
                    first,
                    last,
                    False,
                    False,
                    sentence,
                    is_whole=kind != PERSON,
                    title=title,
                    is_organisation=kind in (ORGANISATION, GOVERNMENT),
                )
            )
            floor = last + 1
    runs = _complete_names(scene, runs, covered, shorts)
    runs = sorted([*runs, *_repeat(scene, runs, covered | seen)])
    return name_runs(scene, runs, covered, rule="entity", taken=taken)


def _join_flat(scene: Scene) -> list[Span]:
    """Entities in text order, joined where the tree reads two as one name (``Delta North America``)."""
    joined: list[Span] = []
    for entity in sorted(scene.doc.ents, key=lambda ent: (ent.start_char, -ent.end_char)):
        before = joined[-1] if joined else None
        if before is not None and scene.has_tree and _continues(before, entity):
            joined[-1] = Span(scene.doc, before.start, entity.end, label=before.label_)
        else:
            joined.append(entity)
    return joined


def _continues(before: Span, entity: Span) -> bool:
    """Whether an entity is the rest of the name that the one before it begins."""
    between = entity.doc[before.end : entity.start]
    root = entity[0]
    is_near = all(token.text == "&" or token.text[0].isupper() for token in between) and len(between) <= _BETWEEN
    is_person = PERSON in (_KINDS.get(before.label_), _KINDS.get(entity.label_))
    is_noun = bool(head_of_compound(before[-1].text)) or (len(before) == 1 and is_kind(before.text))
    return (
        is_near
        and not is_person
        and not is_noun
        and root.dep_.startswith("flat")
        and before.start <= root.head.i < before.end
    )


def _is_numbered(scene: Scene, last: int, kind: str, entity: Span) -> bool:
    """Whether the number or code of a product or a chapter belongs to a name: ``Boeing 787``, ``Chapter 11``."""
    k = last + 1
    if kind == PERSON or not scene.has_tree or k >= len(scene.words) or not scene.adjoins(last):
        return False
    token = scene.token(k)
    is_code = _CODE.fullmatch(scene.words[k].text) is not None
    return is_code and token.dep_ in _NUMBERED and entity.start <= token.head.i < entity.end


def _is_nobody(scene: Scene, first: int, last: int, kind: str, *, places: bool) -> bool:
    """Whether a name is a place of the codebook, a country not taken before, a product, a thing or a street."""
    words = scene.words
    if any(words[k].text in scene.places for k in range(first, last + 1)) or _is_model(words[last].text):
        return True
    maker = head_of_compound(words[last].text)
    if maker and is_thing(words[last].text) and not any(word.text == maker for word in words):
        return True  # FTSE-index, where nobody is called FTSE
    if scene.text[words[first].start : words[last].end] in scene.countries and not places:
        return True
    return kind != PERSON and is_street(words, first, last)


def _is_model(word: str) -> bool:
    """Whether a word is the code of a product: ``A380``, ``GTX-1080``."""
    return re.fullmatch(r"[A-Z]{1,4}-?\d{3,}\w*(?:-\w+)?", word) is not None


def _is_titled(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a capital that opens a sentence begins no name but a noun before one: ``Slager Toon Maes``."""
    if last - first < 2:
        return False
    return gender_of_name(words[first].text) is None and gender_of_name(words[first + 1].text) is not None


def _trim(scene: Scene, first: int, last: int, kind: str) -> int | None:
    """First word of the name without article and, for a person, without title; None where no name is left."""
    words = scene.words
    while first <= last and words[first].text.lower() in DETERMINERS:
        is_particle = kind == PERSON and first < last and words[first].text in FIRST_PARTICLES
        if is_particle:
            break
        first += 1
    if kind == PERSON:
        titles = [k for k in range(first, last + 1) if _is_title(scene, k)]
        first = titles[-1] + 1 if titles and titles[-1] < last else first
        is_followed = last + 1 < len(words) and scene.adjoins(last) and words[last + 1].text[0].isupper()
        if first == last and titles == [last] and (words[last].text.islower() or is_followed):
            return None  # a title, whatever name the reading finds after it
    if first > last or not any(sign.isupper() for k in range(first, last + 1) for sign in words[k].text):
        return None
    if all(words[k].text.lower() in _BARE_TITLES for k in range(first, last + 1)):
        return None  # Prime Minister, Chief Executive
    stops = function_words(scene.language)
    if first == last and (
        is_never_actor(words[first].text) or (words[first].text.lower() in stops and not words[first].text.isupper())
    ):
        return None
    return first


def _end_of_person(scene: Scene, first: int, last: int) -> int:
    """Last word of a person's name without where they belong (``Anna de Vries van Dordrecht``)."""
    titles = [k for k in range(first, last) if _is_title(scene, k)]
    is_titled = bool(titles) or (first > 0 and scene.adjoins(first - 1) and _is_title(scene, first - 1))
    first = titles[-1] + 1 if titles else first
    return end_of_name(scene.text, scene.words, first, last, is_titled=is_titled, language=scene.language)


def _find_shorts(scene: Scene) -> frozenset[str]:
    """Parts of the organisations' names that may stand for them (``Delta`` where ``Bouwfonds Delta`` is named)."""
    found = set()
    for entity in scene.doc.ents:
        span = scene.find_words(entity.start_char, entity.end_char)
        if span is None or _KINDS.get(entity.label_) != ORGANISATION:
            continue
        first = take_kind(scene, span[0], span[2])
        found.add(short_part(scene, [scene.words[k].text for k in range(first, span[1] + 1)]))
    return frozenset(name for name in found if name)


def _precedes_name(scene: Scene, k: int) -> bool:
    """Whether the next word begins another entity of the reading."""
    return (
        k + 1 < len(scene.words)
        and scene.adjoins(k)
        and any(entity.start_char == scene.words[k + 1].start for entity in scene.doc.ents)
    )


def _complete_names(scene: Scene, runs: Sequence[Run], covered: Collection[int], shorts: frozenset[str]) -> list[Run]:
    """Give a name the words that the reading left out, where the article has it whole elsewhere.

    ``De`` before ``Vries``, as in ``Anna de Vries``; ``Oude`` before ``Delft``, as in ``Vereniging Oude Delft``; the
    first words of an organisation's name.
    """
    written = [tuple(word.text.lower() for word in scene.words[run.first : run.last + 1]) for run in runs]
    whole = {
        parts[n:]
        for run, parts in zip(runs, written, strict=True)
        for n in range(1, len(parts) - 1)
        if not run.is_whole and parts[n] in SURNAME_PARTICLES
    } | {tuple(name.lower().split()) for name in shorts}
    whole |= {parts for run, parts in zip(runs, written, strict=True) if run.is_organisation and len(parts) > 1}
    taken = set(covered) | {k for run in runs for k in range(run.first, run.last + 1)}
    completed = []
    for run, parts in zip(runs, written, strict=True):
        first = run.first
        for n in range(first - 1, max(scene.starts[run.sentence], first - _TITLE_LENGTH) - 1, -1):
            if n in taken or not scene.adjoins(n):
                break
            if (*(word.text.lower() for word in scene.words[n : run.first]), *parts) in whole:
                first = n
        completed.append(run._replace(first=first))
    return completed


def _is_actor(scene: Scene, first: int, last: int, sentence: int, kind: str, entity: Span) -> bool:
    """Whether a name of this type is somebody here."""
    words = scene.words
    floor, stop = scene.bounds[sentence]
    before = words[first - 1].text.lower() if first > floor and scene.adjoins(first - 1) else ""
    if before in DETERMINERS and first - 2 >= floor and scene.adjoins(first - 2):
        before = words[first - 2].text.lower()
    if kind in (GROUP, PLACE) and first == last and _is_adjective(scene, first, stop):
        return False
    if kind == GOVERNMENT:
        return before not in PLACE_PREPOSITIONS[scene.language] or (before == "bij" and first < last)
    if kind != PLACE or not is_metonym(scene, first, last, floor, stop):
        return kind != PLACE
    follows = words[last + 1].text if last + 1 < stop and scene.adjoins(last) else ""
    is_according = before == "to" and first - 2 >= floor and words[first - 2].text.lower() == "according"
    is_border = first - 2 >= floor and words[first - 2].text.lower() in _BORDERS
    is_addressed = (before in _ADDRESSED and not is_border) or is_according
    is_heard = follows in load_reporting(scene.language).finite or is_addressed
    return is_heard or (scene.has_tree and _acts(entity))


def _is_credit(scene: Scene, k: int) -> bool:
    """Whether the word before says that this is who made a picture or a text (``Foto Jan Bos``)."""
    gap = scene.text[scene.words[k - 1].end : scene.words[k].start] if k else ""
    return k > 0 and scene.words[k - 1].text.lower() in CREDIT_WORDS and len(gap) <= 2


def _find_title(scene: Scene, first: int, covered: Collection[int]) -> int | None:
    """First of the common nouns that an actor phrase puts before a name (``viroloog Bos``)."""
    if "actors" not in scene.doc.spans or not scene.has_tags:
        return None
    start = scene.words[first].start
    phrase = next((s for s in scene.doc.spans["actors"] if s.start_char < start < s.end_char), None)
    if phrase is None:
        return None
    k = first
    while (
        k > 0
        and k - 1 not in covered
        and scene.words[k - 1].start >= phrase.start_char
        and scene.adjoins(k - 1)
        and first - k < _TITLE_LENGTH
        and scene.token(k - 1).pos_ == "NOUN"
    ):
        k -= 1
    return k if k < first else None


def _repeat(scene: Scene, runs: Sequence[Run], closed: Collection[int]) -> list[Run]:
    """Further places where a name that was found once stands and the reading saw nothing."""
    names: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for run in runs:
        parts = tuple(scene.words[k].text for k in range(run.first, run.last + 1))
        tails = [parts, *([parts[-1:]] if not run.is_whole and len(parts) > 1 else [])]
        for tail in tails:
            if len(" ".join(tail)) > 2 and tail[0][0].isupper():
                names.setdefault(tail[0], []).append((tail, run.is_whole))
    found: list[Run] = []
    taken = set(closed) | {k for run in runs for k in range(run.first, run.last + 1)}
    for number, (start, stop) in enumerate(scene.bounds):
        for k in range(start, stop):
            for tail, is_whole in sorted(names.get(scene.words[k].text, ()), key=lambda pair: -len(pair[0])):
                last = k + len(tail) - 1
                if (
                    last < stop
                    and tuple(word.text for word in scene.words[k : last + 1]) == tail
                    and not any(n in taken for n in range(k, last + 1))
                    and not _is_part(scene, k, last, start, stop)
                ):
                    found.append(Run(k, last, False, False, number, is_whole=is_whole))
                    taken.update(range(k, last + 1))
                    break
    return found


def _is_part(scene: Scene, first: int, last: int, start: int, stop: int) -> bool:
    """Whether a capital beside a name makes it another name, or the name opens a sentence as a common word may."""
    words = scene.words
    before = words[first - 1].text if first > start and scene.adjoins(first - 1) else ""
    follows = words[last + 1].text if last + 1 < stop and scene.adjoins(last) else ""
    is_common = first == last and any(word.text == words[first].text.lower() for word in words)
    is_named = before[:1].isupper() and before.lower() not in function_words(scene.language) and first - 1 > start
    return is_common or is_named or follows[:1].isupper() or before.lower() in PLACE_PREPOSITIONS[scene.language]


def _is_title(scene: Scene, k: int) -> bool:
    lowered = scene.words[k].text.lower().rstrip(".")
    return lowered in TITLES[scene.language] or lowered.rpartition("-")[2] in TITLES[scene.language]


def _is_adjective(scene: Scene, k: int, stop: int) -> bool:
    """Whether a people's name only describes what follows it (``Iraakse soldaten``)."""
    follows = scene.words[k + 1].text if k + 1 < stop and scene.adjoins(k) else ""
    is_before_noun = bool(follows) and follows.lower() not in function_words(scene.language)
    if scene.has_tags:
        token = scene.token(k)
        return token.pos_ == "ADJ" or (scene.has_tree and token.dep_ == "amod")
    return is_before_noun and re.search(r"(?:s|se|ish|ese|ian|ean|can|i)\Z", scene.words[k].text) is not None


def _find_kind(entity: Span) -> str | None:
    """The type of an entity; a place that the layer of actor phrases calls something else is that."""
    kind = _KINDS.get(entity.label_)
    if kind == PLACE:
        same = (s for s in entity.doc.spans.get("actors", []) if (s.start, s.end) == (entity.start, entity.end))
        kinds = [_KINDS.get(phrase.label_) for phrase in same]
        kind = next((other for other in kinds if other in (PERSON, GROUP, ORGANISATION)), kind)
    return kind


def _read_entity(scene: Scene, entity: Span, first: int, last: int, shorts: frozenset[str]) -> tuple[str | None, int]:
    """The type of an entity and the last word of its name; the short part of an organisation's name is one too."""
    kind = _find_kind(entity)
    if kind == PERSON:
        return kind, _end_of_person(scene, first, last)
    while first < last and scene.language == "en" and scene.words[last].text.lower() in _FUNCTIONS:
        last -= 1
    name = scene.text[scene.words[first].start : scene.words[last].end]
    return (ORGANISATION if kind is not None and name in shorts else kind), last


def _acts(entity: Span) -> bool:
    """Whether a name is the subject or agent of a verb that is no mere state."""
    token = entity.root
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token.dep_ in _SUBJECTS and token.head.pos_ == "VERB" and token.head.lemma_ not in _STATES
