"""Codebooks: which actors, outlets and frames a study looks for, written in YAML.

Reads one YAML file (and the files it includes from its own folder); returns a `Codebook` of plain
frozen records. Codebooks are untrusted input: they are loaded with PyYAML's safe loader, their
patterns are no regular expressions, and one message names all mistakes, each by file, line and key.

The format, with an example of every key, is described in ``docs/codebooks.md``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.codebook.check import check_actors
from analysis.codebook.entries import LANGUAGES, MOST_FAULTS, Entry, Faults, Place, read_files
from analysis.codebook.patterns import compile_pattern

ACTOR_TYPES = (
    "person", "government", "armed_forces", "armed_group", "crowd", "organisation", "party", "company",
    "media", "country", "institution", "group",
)  # fmt: skip
QUOTE_PATTERNS = "quotes.yaml"
"""Name of a file beside a codebook with patterns of quotes of the study's own."""
WORD_KEYS = ("names", "nominals", "demonyms", "metonyms")


@dataclass(frozen=True)
class Wording:
    """How an actor is worded in one language.

    Attributes
    ----------
    names, nominals, demonyms, metonyms : tuple of str
        Names (``Donald Trump``), descriptions (``de menigte`` without its article), demonyms
        (``Amerikaans``) and places that stand for the actor (``Washington``).
    """

    names: tuple[str, ...] = ()
    nominals: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Actor:
    """One actor of the codebook; `part_of` names the actor whose total it counts towards."""

    id: str
    label: Mapping[str, str]
    type: str
    country: str | None = None
    part_of: str | None = None
    wording: Mapping[str, Wording] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """A yes-or-no question that a human coder can answer of a sentence, with patterns that say yes."""

    id: str
    question: str
    patterns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Frame:
    """A frame, its definition, the publication it comes from and its indicators."""

    id: str
    label: Mapping[str, str]
    definition: str
    source: str
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class Axis:
    """Two opposite meanings between which actors are placed (`analysis.coding.microframes.code`).

    Attributes
    ----------
    low, high : mapping of str to tuple of str
        Words of either pole per language, the same languages in both.
    """

    id: str
    label: Mapping[str, str]
    low: Mapping[str, tuple[str, ...]]
    high: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Outlet:
    """An outlet and the groupings (`group`: any names and values) that a study compares."""

    id: str
    label: Mapping[str, str]
    country: str | None = None
    language: str | None = None
    group: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Codebook:
    """A validated codebook."""

    name: str
    actors: Mapping[str, Actor] = field(default_factory=dict)
    frames: Mapping[str, Frame] = field(default_factory=dict)
    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    axes: Mapping[str, Axis] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    checksum: str = ""
    quote_patterns: Path | None = field(default=None, repr=False)

    def label(self, actor_id: str, language: str = "nl") -> str:
        """The name to show for an actor, frame or outlet id; an unlisted actor shows the name it bears."""
        for records in (self.actors, self.frames, self.outlets):
            if actor_id in records:
                labels = records[actor_id].label
                return labels.get(language) or next(iter(labels.values()))
        return actor_id.removeprefix("unlisted:").replace("_", " ")

    def lineage(self, actor_id: str) -> list[str]:
        """The actor and all it is part of, nearest first."""
        chain = [actor_id]
        while (actor := self.actors.get(chain[-1])) is not None and actor.part_of is not None:
            chain.append(actor.part_of)
        return chain


EMPTY = Codebook(name="empty")
"""A codebook without actors: everything named is then an actor that no codebook lists."""


def load_codebook(path: str | Path, *, actors: Sequence[str] | None = None) -> Codebook:
    """Read and validate a codebook.

    Parameters
    ----------
    path : str or Path
        A YAML file with the keys ``name``, ``include``, ``actors``, ``frames``, ``outlets``, ``axes``. ``include``
        lists further codebooks in the same folder; their records are added to this file's.
    actors : sequence of str, optional
        Ids that the study narrows its charts to, to be checked (`analysis.codebook.check.check_actors`).

    Returns
    -------
    Codebook
        Records keyed by id, in the order written; ``checksum`` is the SHA-256 over all files read. A file
        ``quotes.yaml`` beside the codebook is one of them: patterns of quotes, which `find_quotes` reads.

    Raises
    ------
    CodebookError
        For a file that cannot be read or is no YAML, an unknown key, a missing or empty value, a
        duplicate id, an unknown actor type, a ``part_of`` that names nobody or runs in a circle, or a
        pattern that cannot be read. The message names file, line and key of every mistake, a line each, up to twenty.
    UsageError
        For an id in `actors` that no actor has.
    """
    path = Path(path)
    faults = Faults()
    parts = list(read_files(path, [], faults))
    for place, _, content in parts:
        place.allow(content, {"name", "include", "actors", "frames", "outlets", "axes"})
    has_all_actors = not faults and all(isinstance(content.get("actors") or [], list) for _, _, content in parts)
    digest = hashlib.sha256()
    found: dict[str, tuple[Actor, Place]] = {}
    written: list[tuple[Actor, Place]] = []
    misspelt: set[str] = set()
    frames: dict[str, tuple[Frame, Place]] = {}
    outlets: dict[str, tuple[Outlet, Place]] = {}
    axes: dict[str, tuple[Axis, Place]] = {}
    name = path.stem
    for place, raw, content in parts:
        digest.update(raw)
        if place.file == path:
            name = place.text(content, "name", default=path.stem)
        for entry, at in place.entries(content, "actors"):
            written.append(_actor(entry, at))
            _add(found, *written[-1])
            misspelt.update(value for value in entry.values() if isinstance(value, str) and "id" not in entry)
        for entry, at in place.entries(content, "frames"):
            _add(frames, *_frame(entry, at))
        for entry, at in place.entries(content, "outlets"):
            _add(outlets, *_outlet(entry, at))
        for entry, at in place.entries(content, "axes"):
            _add(axes, *_axis(entry, at))
    if has_all_actors:  # one that seems to be missing may stand where nothing could be read
        _check_part_of(written, found, misspelt)
    faults.raise_any(path)
    check_actors(actors, {key: record.label for key, (record, _) in found.items()})
    sources = [place.file.name for place, _, _ in parts]
    own = path.parent / QUOTE_PATTERNS
    has_own = own.is_file() and own.name not in sources
    if has_own:
        digest.update(own.read_bytes())
        sources.append(own.name)
    return Codebook(
        name=name,
        actors={key: record for key, (record, _) in found.items()},
        frames={key: record for key, (record, _) in frames.items()},
        outlets={key: record for key, (record, _) in outlets.items()},
        axes={key: record for key, (record, _) in axes.items()},
        sources=tuple(sources),
        checksum=digest.hexdigest(),
        quote_patterns=own if has_own else None,
    )


def _actor(entry: Entry, at: Place) -> tuple[Actor, Place]:
    at.allow(entry, {"id", "label", "type", "country", "part_of", *LANGUAGES})
    wording = {}
    for language in LANGUAGES:
        words = entry.get(language)
        if words is None:
            continue
        if not isinstance(words, Entry):
            at.report(f"must have keys such as {', '.join(WORD_KEYS)}", key=language, content=entry)
            continue
        inside = at.inside(language, words)
        inside.allow(words, set(WORD_KEYS))
        wording[language] = Wording(**{key: inside.texts(words, key) for key in WORD_KEYS})
    actor = Actor(
        id=at.identifier(entry),
        label=at.label(entry),
        type=at.choice(entry, "type", ACTOR_TYPES),
        country=at.optional(entry, "country"),
        part_of=at.optional(entry, "part_of"),
        wording=wording,
    )
    return actor, at


def _frame(entry: Entry, at: Place) -> tuple[Frame, Place]:
    at.allow(entry, {"id", "label", "definition", "source", "indicators"})
    indicators: list[Indicator] = []
    for question, inside in at.entries(entry, "indicators"):
        inside.allow(question, {"id", "question", "patterns", "examples"})
        by_language = {key: _texts_by_language(question, key, inside) for key in ("patterns", "examples")}
        _check_patterns(by_language["patterns"], inside)
        indicator = Indicator(id=inside.identifier(question), question=inside.text(question, "question"), **by_language)
        if indicator.id and indicator.id in {known.id for known in indicators}:
            inside.report(f"the id '{indicator.id}' is used twice in this frame; rename one")
        indicators.append(indicator)
    frame = Frame(
        id=at.identifier(entry),
        label=at.label(entry),
        definition=at.text(entry, "definition"),
        source=at.text(entry, "source"),
        indicators=tuple(indicators),
    )
    return frame, at


def _texts_by_language(question: Entry, key: str, at: Place) -> dict[str, tuple[str, ...]]:
    value = question.get(key)
    if value is None:
        return {}
    if not isinstance(value, Entry):
        at.report(f"must list texts per language: {', '.join(LANGUAGES)}", key=key, content=question)
        return {}
    inside = at.inside(key, value)
    inside.allow(value, set(LANGUAGES))
    return {language: inside.texts(value, language) for language in value}


def _check_patterns(by_language: Mapping[str, tuple[str, ...]], at: Place) -> None:
    for language, patterns in by_language.items():
        for pattern in patterns:
            try:
                compile_pattern(pattern)
            except ValueError as error:
                at.report(f"pattern '{pattern}' ({language}): {error}")


def _axis(entry: Entry, at: Place) -> tuple[Axis, Place]:
    at.allow(entry, {"id", "label", "low", "high"})
    poles: dict[str, dict[str, tuple[str, ...]]] = {}
    for key in ("low", "high"):
        words = entry.get(key)
        if not isinstance(words, Entry) or not words:
            at.report(f"must list words per language: {', '.join(LANGUAGES)}", key=key, content=entry)
            continue
        inside = at.inside(key, words)
        inside.allow(words, set(LANGUAGES))
        poles[key] = {language: inside.texts(words, language) for language in words}
        for language, found in poles[key].items():
            if words[language] in ([], None):
                inside.report("must list at least one word", key=language, content=words)
            if both := set(found) & set(poles.get("low", {}).get(language, ())) if key == "high" else None:
                inside.report(f"'{min(both)}' is in both poles", key=language, content=words)
    if len(poles) == 2 and set(poles["low"]) != set(poles["high"]):
        at.report("low and high must list words in the same languages")
    low, high = poles.get("low", {}), poles.get("high", {})
    return Axis(id=at.identifier(entry), label=at.label(entry), low=low, high=high), at


def _outlet(entry: Entry, at: Place) -> tuple[Outlet, Place]:
    at.allow(entry, {"id", "label", "country", "language", "group"})
    group = entry.get("group") or Entry()
    if not isinstance(group, Entry):
        at.report("must have keys and values, such as 'kind: broadsheet'", key="group", content=entry)
        group = Entry()
    for key in group:
        at.text(group, key)
    outlet = Outlet(
        id=at.identifier(entry),
        label=at.label(entry),
        country=at.optional(entry, "country"),
        language=at.optional(entry, "language"),
        group=dict(group),
    )
    return outlet, at


def _add(records: dict[str, Any], record: Any, at: Place) -> None:
    if record.id in records:
        first = records[record.id][1]
        at.report(f"the id '{record.id}' is used before, in {first.file.name}, line {first.line}; rename one")
    elif record.id:
        records[record.id] = (record, at)


def _check_part_of(
    written: Sequence[tuple[Actor, Place]], actors: Mapping[str, tuple[Actor, Place]], misspelt: Container[str]
) -> None:
    """Every ``part_of`` names an actor, of one id twice as well; `misspelt` may be ids under another key."""
    circled: set[str] = set()
    for actor, at in written:
        if actor.part_of is not None and actor.part_of not in actors:
            others = [known for known in actors if known != actor.id] if len(at.faults) < MOST_FAULTS else []
            guess = get_close_matches(actor.part_of, others, n=1)
            hint = f"; did you mean '{guess[0]}'?" if guess else ""
            if actor.part_of not in misspelt:
                at.report(f"part_of names '{actor.part_of}', which is no actor{hint}")
            continue
        if actor.id not in actors or actors[actor.id][0] is not actor:
            continue
        chain = [actor.id]
        while (parent := actors[chain[-1]][0].part_of) is not None and parent in actors and parent not in circled:
            if parent in chain:
                at.report(f"part_of runs in a circle: {' -> '.join([*chain, parent])}; cut it at one place")
                circled.update(chain)
                break
            chain.append(parent)
