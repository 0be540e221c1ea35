"""Quotes of novels with their speakers: the files ``*.quotes.xml`` of OpenBoek, read as gold for the task quotes.

Reads the XML of one book; returns one gold row of the task quotes. The tokens of the file are set as running text
again, and a new paragraph begins where the file counts one.

Notes
-----
Only direct speech is annotated, and not all of it: precision of what is found says nothing here. A character stands
wherever it is named as the speaker of any quote, or its name in the list of characters, or the last word of that name,
stands in the text (`is_by_character`): whoever is found under one of these is the right speaker.

References
----------
Van Cranenburgh, A. & Van Noord, G. (2022). OpenBoek: a corpus of literary coreference and entities with an exploration
of historical spelling normalization. Computational Linguistics in the Netherlands Journal, 12, 235-251.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from analysis.contracts.errors import InputError
from analysis.validation.gold import Row, read_gold_text
from analysis.validation.phenomena_gold import find_places

Span = tuple[int, int]
_CLOSING = frozenset([",", ".", ";", ":", "!", "?", ")", "»", "...", "…", "’", "”"])
_OPENING = frozenset(["(", "«", "‘", "“", "„"])
_MARK = '"'


def read_book(path: str | Path) -> list[Row]:
    """Read one book.

    Returns
    -------
    list of dict
        One gold row of the task quotes, with ``is_by_character``; ``kind`` tells how the file says that the speaker is
        named: ``explicit``, ``anaphor_pronoun``, ``anaphor_other``, ``implicit``, or ``direct`` where it does not.

    Raises
    ------
    InputError
        When the file is missing or no such XML.
    """
    name, content = read_gold_text(path)
    if "<!DOCTYPE" in content or "<!ENTITY" in content:
        raise InputError(f"{name}: declares entities, which are not read; take the declaration out")
    try:
        root = ElementTree.fromstring(content.encode())  # noqa: S314  without declarations nothing expands
    except ElementTree.ParseError as error:
        raise InputError(f"{name}: is not valid XML: {error}") from error
    text = root.find("text")
    if text is None or text.find("quote") is None:
        raise InputError(f"{name}: holds no quotes; give a file of OpenBoek that ends in .quotes.xml")
    page = _Page()
    page.set_element(text)
    named: dict[str, list[Span]] = {}
    for element, span in page.places:
        if element.tag == "mention":
            named.setdefault(element.get("speaker", ""), []).append(span)
    for character in root.iter("character"):
        for alias in list_names(character.get("aliases", "")):
            named.setdefault(character.get("name", ""), []).extend(find_places(page.text, alias))
    quotes = [
        {
            "content": [list(span)],
            "source": [list(place) for place in named.get(element.get("speaker", ""), [])],
            "cue": [],
            "kind": element.get("type") or "direct",
        }
        for element, span in page.places
        if element.tag == "quote"
    ]
    about = {"id": Path(path).stem, "language": "nl", "article_id": "line000001", "is_by_character": True}
    return [about | {"text": page.text, "quotes": quotes}]


def list_names(alias: str) -> list[str]:
    """A character's name and its last word, where they are names: `the maid` and `I` are found as speakers only."""
    words = alias.split()
    if not words or not words[-1][:1].isupper() or len(words[-1]) < 3:
        return []
    return list(dict.fromkeys([alias, words[-1]]))


@dataclass
class _Page:
    """Text that grows token by token, and where elements stand in it."""

    text: str = ""
    places: list[tuple[Element, Span]] = field(default_factory=list)
    is_open: bool = False
    is_tight: bool = True
    is_new_line: bool = True
    paragraph: str | None = None

    def set_element(self, element: Element) -> None:
        """Set an element and what is in it, without its tail."""
        self._set_words(element.text)
        for child in element:
            if child.tag == "quote":
                self._begin_quote(child)
            start = len(self.text)
            self.set_element(child)
            start += len(self.text[start:]) - len(self.text[start:].lstrip())
            self.places.append((child, (start, len(self.text))))
            self._set_words(child.tail)

    def _begin_quote(self, quote: Element) -> None:
        number = quote.get("parno")
        if number != self.paragraph and self.is_new_line and self.text:
            self.text += "\n\n"
            self.is_tight = True
        self.paragraph = number
        self.is_open = False

    def _set_words(self, words: str | None) -> None:
        for word, is_last in _split(words or ""):
            is_closing = word in _CLOSING or (word == _MARK and self.is_open)
            self.text += ("" if self.is_tight or is_closing else " ") + word
            self.is_tight = word in _OPENING or (word == _MARK and not self.is_open)
            self.is_open ^= word == _MARK
            self.is_new_line = is_last
        if words and not words.split():
            self.is_new_line = self.is_new_line or "\n" in words


def _split(words: str) -> Iterator[tuple[str, bool]]:
    """Words, each with whether its line ends after it."""
    for line in words.splitlines(keepends=True):
        found = line.split()
        for number, word in enumerate(found, start=1):
            yield word, number == len(found) and line.endswith("\n")
