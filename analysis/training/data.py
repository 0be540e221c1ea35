"""Read the training and validation data into plain sentences of words.

Reads CoNLL-U treebanks, the project's own ``target_nl`` parts and the JSON Lines of the
reference data. Returns lists of :class:`Sentence` (what the reading heads learn from) and
:class:`Target` (what the tone head learns from). A layer that a source does not annotate
is None, and teaches nothing.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

#: Actor and name types, in the order of the shipped label lists.
TYPES = ("person", "group", "organisation", "government", "place", "misc")
ANY_TYPE = frozenset(TYPES)
WORD = re.compile(r"\w+(?:[-'’&./]\w+)*|[^\w\s]")
FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: (?:van|de|der|den|el|al|ten|ter|bin))*(?: [A-ZÀ-Þ][\w'’-]+)+")
MARK = re.compile(r"\{([^|{}]+)\|(-?1|0|)\|([a-z]+)\}")
#: The 11 actor types of the Dutch election study, as sets of ours (theirs cut otherwise).
ISSUE_TYPES = {
    "politiek": {"person", "organisation", "government", "group"},
    "overheidsinstanties": {"government", "person", "group"},
    "burgers": {"group", "person"},
    "media": {"organisation", "person"},
    "bedrijven": {"organisation", "person", "group"},
    "landen": {"government", "place"},
    "experts": {"person", "group"},
    "NGOs en verenigingen": {"organisation", "person"},
    "bekende Nederlanders": {"person"},
    "activisten": {"group", "person", "organisation"},
}
#: MEANTIME's entity types that are actors or names, as sets of ours.
MEANTIME_TYPES = {
    "PER": {"person", "group"},
    "ORG": {"organisation", "government"},
    "LOC": {"place", "government"},
    "PRO": {"misc"},
}

#: English sources whose names do not say so.
ENGLISH = ("newsmtsc", "dse")


@dataclass(frozen=True)
class Span:
    """A run of words ``[start, end)`` whose type is one of `types`."""

    start: int
    end: int
    types: frozenset[str] = ANY_TYPE


@dataclass(frozen=True)
class Sentence:
    """One sentence of words with whatever layers its source annotates.

    Attributes
    ----------
    heads
        For each word the 1-based position of its head, 0 for the root.
    names, phrases
        Named entities, and full actor phrases without their determiner.
    outside_weight
        How much a word outside every span counts in the loss: below 1 where a source is
        known to leave spans unmarked.
    is_old_convention
        True for UD 2.0 (see :data:`syntax.OLD_RELATIONS`).
    is_fixed_or_flat
        True where ``fixed`` may be what the conventions of the reader call ``flat``.
    """

    words: tuple[str, ...]
    upos: tuple[str, ...] | None = None
    features: tuple[dict[str, str], ...] | None = None
    lemmas: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    relations: tuple[str, ...] | None = None
    names: tuple[Span, ...] | None = None
    phrases: tuple[Span, ...] | None = None
    outside_weight: float = 1.0
    source: str = ""
    is_old_convention: bool = False
    is_fixed_or_flat: bool = False

    @property
    def text(self) -> str:
        """The words, separated by spaces."""
        return " ".join(self.words)


@dataclass(frozen=True)
class Target:
    """A text with a marked target ``[start, end)`` (start is end where none is marked)."""

    text: str
    start: int
    end: int
    label: int
    source: str
    weight: float = 1.0
    group: str = field(default="", compare=False)

    @property
    def span(self) -> tuple[int, int] | None:
        """Characters of the target; None where none is marked."""
        return None if self.start == self.end else (self.start, self.end)

    @property
    def language(self) -> str:
        """Language of the text, by its source."""
        return "en" if self.source in ENGLISH or "_en" in self.source else "nl"


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def read_conllu(path: Path, *, is_old_convention: bool = False) -> list[Sentence]:
    """Read a treebank; multiword ranges and empty nodes are left out.

    Parameters
    ----------
    path
        A CoNLL-U file.
    is_old_convention
        True for UD 2.0: ``flat:name`` becomes ``flat``, and relations that were later
        divided count as any of their parts (see :data:`syntax.OLD_RELATIONS`).
    """
    sentences = []
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and line[0] != "#"]
        rows = [row for row in rows if row[0].isdigit()]
        if not rows:
            continue
        features = tuple(
            dict(pair.split("=", 1) for pair in row[5].split("|")) if row[5] != "_" else {} for row in rows
        )
        relations = tuple(row[7].replace("flat:name", "flat") for row in rows)
        if is_old_convention:
            relations = name_agents(rows, relations)
        sentence = Sentence(
            words=tuple(row[1] for row in rows),
            upos=tuple(row[3] for row in rows),
            features=features,
            lemmas=tuple(row[2].replace("_", "") if len(row[2]) > 1 else row[2] for row in rows),
            heads=tuple(int(row[6]) for row in rows),
            relations=relations,
            source=path.stem,
            is_old_convention=is_old_convention,
        )
        sentences.append(replace(sentence, names=tuple(find_treebank_names(sentence))))
    return sentences


def name_agents(rows: Sequence[Sequence[str]], relations: tuple[str, ...]) -> tuple[str, ...]:
    """Return the relations of a UD 2.0 tree with ``obl:agent``, which it does not divide from ``obl``.

    In the current edition the agent is the oblique with ``door`` of a verb with a passive auxiliary.
    """
    passive = {row[6] for row in rows if row[7] == "aux:pass"}
    with_door = {row[6] for row in rows if row[7] == "case" and row[1].lower() == "door"}
    return tuple(
        "obl:agent" if row[7] == "obl" and row[6] in passive and row[0] in with_door else relation
        for row, relation in zip(rows, relations, strict=True)
    )


def find_treebank_names(sentence: Sentence) -> Iterator[Span]:
    """Yield the names that a treebank implies, of unknown type.

    A name is a run of proper nouns joined by ``flat`` (``Jan van den Berg``), or a
    capitalised adjective or noun that does not open the sentence (``Franse``, ``Fransen``).
    """
    if sentence.upos is None or sentence.heads is None or sentence.relations is None:
        return
    position = 0
    n_words = len(sentence.words)
    while position < n_words:
        word, upos = sentence.words[position], sentence.upos[position]
        is_proper = upos == "PROPN"
        is_derived = (
            upos in {"ADJ", "NOUN"}
            and position > 0
            and word[0].isupper()
            and not word.isupper()
            and sentence.words[position - 1] not in {'"', "'", "“", "‘", ":", ".", "-", "«", "*"}
        )
        end = position + 1
        if is_proper or (upos == "X" and word[0].isupper() and position > 0):
            while end < n_words and belongs_to_name(sentence, position, end):
                end += 1
            yield Span(position, end)
        elif is_derived:
            yield Span(position, end, frozenset({"misc", "place", "group", "organisation"}))
        position = end


def belongs_to_name(sentence: Sentence, start: int, position: int) -> bool:
    """Say whether a word goes on with the name that begins at `start` (a ``flat`` chain)."""
    assert sentence.heads is not None and sentence.relations is not None
    seen = position
    for _ in range(3):
        if sentence.relations[seen] != "flat":
            return False
        seen = sentence.heads[seen] - 1
        if start <= seen < position:
            return True
    return False


def split_words(text: str) -> list[tuple[int, int]]:
    """Return the character offsets of the words of a text.

    Examples
    --------
    >>> text = "D66'er Al-Salim zei: 'Nee.'"
    >>> [text[start:end] for start, end in split_words(text)]
    ["D66'er", 'Al-Salim', 'zei', ':', "'", 'Nee', '.', "'"]
    """
    return [match.span() for match in WORD.finditer(text)]


def cover_words(offsets: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Return the run of words that touches ``[start, end)``, or None."""
    inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
    return (inside[0], inside[-1] + 1) if inside else None


def read_own(path: Path) -> tuple[list[Sentence], list[Target]]:
    """Read one part of the project's own Dutch (format: its CODEBOOK.md).

    Returns
    -------
    tuple
        Sentences with their actor phrases and names, and one target per coded actor.
        Both carry the row's text in `group` or `text`, so that slices never divide a row.

    Raises
    ------
    ValueError
        If a row does not have four columns, with file and line.
    """
    sentences, targets = [], []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != 4:
            message = f"{path}, line {number}: {len(cells)} columns, expected 4"
            raise ValueError(message)
        text, marks = unmark(cells[3])
        offsets = split_words(text)
        phrases = []
        for start, end, code, kind in marks:
            words = cover_words(offsets, start, end)
            if words is not None and kind in ANY_TYPE:
                phrases.append(Span(*words, frozenset({kind})))
            if code:
                targets.append(Target(text, start, end, int(code), "target_nl", group=text))
        words_found = tuple(text[start:end] for start, end in offsets)
        sentences.append(Sentence(words_found, phrases=tuple(phrases), source="target_nl"))
    return sentences, targets


def read_marked(path: Path) -> list[str]:
    """Return the marked sentences of one part of the project's own Dutch."""
    return [line.split("\t")[3] for line in path.read_text("utf-8").splitlines() if line.strip()]


def list_names(marked: Iterable[str]) -> list[str]:
    """Return the full names of persons in marked sentences, each once, sorted; none that a title opens.

    Examples
    --------
    >>> list_names(["{Samira Bakali|1|person} prijst {minister Jan Pol|0|person} in {Breda||place}"])
    ['Samira Bakali']
    """
    texts = list(marked)
    common = {word for text in texts for word in WORD.findall(text) if word.islower()}
    found = {match[1] for text in texts for match in MARK.finditer(text) if match[3] == "person"}
    return sorted(name for name in found if FULL_NAME.fullmatch(name) and name.split()[0].lower() not in common)


def swap_names(marked: str, names: Sequence[str], generator: random.Random) -> str:
    """Give every person of `names` another name of them, so that the name tells nothing of the tone."""
    known: dict[str, str] = {}

    def swap(match: re.Match[str]) -> str:
        surface, code, kind = match.groups()
        if surface in names:
            surface = known.setdefault(surface, generator.choice(names))
        return f"{{{surface}|{code}|{kind}}}"

    return MARK.sub(swap, marked)


def make_targets(marked: str, group: str) -> list[Target]:
    """Return a target per coded actor of a marked sentence."""
    text, marks = unmark(marked)
    return [Target(text, a, b, int(code), "target_nl", group=group) for a, b, code, _ in marks if code]


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """Return the plain text and its marks ``(start, end, code, type)``.

    Examples
    --------
    >>> unmark("{Ajax|1|organisation} wint in {Breda||place}")
    ('Ajax wint in Breda', [(0, 4, '1', 'organisation'), (13, 18, '', 'place')])
    """
    text, marks, position = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[position : match.start()]
        start = len(text)
        text += match[1]
        marks.append((start, len(text), match[2], match[3]))
        position = match.end()
    return text + marked[position:], marks


def read_issue_actors(path: Path) -> list[Sentence]:
    """Read the actors of the Dutch election study: named and nominal, 11 types.

    Coders marked about half of what the other marked, so unmarked words count for a third.
    """
    sentences = []
    for row in read_jsonl(path):
        offsets = split_words(row["text"])
        words = tuple(row["text"][start:end] for start, end in offsets)
        spans: list[Span] = []
        for actor in row["actors"]:
            found = cover_words(offsets, actor["start"], actor["end"])
            if found is None:
                continue
            first, last = found
            while first < last and not words[first][0].isalnum():
                first += 1
            while last > first and not words[last - 1][0].isalnum():
                last -= 1
            kinds = frozenset(ISSUE_TYPES.get(actor["type"], ANY_TYPE))
            if 0 < last - first <= 8 and all(s.end <= first or s.start >= last for s in spans):
                spans.append(Span(first, last, kinds))
        phrases = tuple(sorted(spans, key=lambda span: span.start))
        sentences.append(Sentence(words, phrases=phrases, outside_weight=0.33, source="issuepositions_nl"))
    return sentences


def read_meantime(path: Path, *, n_lines: int = 6) -> list[Sentence]:
    """Read MEANTIME's densely annotated first lines: persons, organisations, places, products.

    Only mentions of capitalised words are taken, the shortest first: the others include
    determiners and clauses.
    """
    sentences = []
    for row in read_jsonl(path):
        position = 0
        for number, line in enumerate(row["text"].split("\n")[:n_lines]):
            base, position = position, position + len(line) + 1
            offsets = split_words(line)
            words = tuple(line[start:end] for start, end in offsets)
            if number == 1 or len(words) < 4:
                continue
            spans: list[Span] = []
            actors = sorted(row["actors"], key=lambda actor: actor["end"] - actor["start"])
            for actor in actors:
                kinds = MEANTIME_TYPES.get(actor["type"])
                start, end = actor["start"] - base, actor["end"] - base
                if kinds is None or start < 0 or end > len(line):
                    continue
                found = cover_words(offsets, start, end)
                if found is None or any(s.start < found[1] and s.end > found[0] for s in spans):
                    continue
                if found[1] - found[0] <= 6 and all(w[0].isupper() for w in words[slice(*found)]):
                    spans.append(Span(*found, frozenset(kinds)))
            names = tuple(sorted(spans, key=lambda span: span.start))
            sentences.append(Sentence(words, names=names, outside_weight=0.5, source=path.stem))
    return sentences


def read_targets(path: Path, source: str) -> list[Target]:
    """Read a ``target`` or ``directed`` file (of a directed row, the target)."""
    targets = []
    for row in read_jsonl(path):
        start, end = row["target"] if "target" in row else (row["start"], row["end"])
        targets.append(Target(row["text"], start, end, row["label"], source, group=row["text"]))
    return targets


def read_headlines(path: Path) -> list[Target]:
    """Read headlines with a tone and no marked target."""
    return [Target(row["text"], 0, 0, row["label"], "ecosent_nl", group=row["text"]) for row in read_jsonl(path)]
