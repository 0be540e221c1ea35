"""Gold files of words: trees in CoNLL-U, names in the layout of CoNLL-2002, checked line by line.

Reads a text file with one word a line and an empty line after each sentence; returns its sentences. Words are taken as
they are, so that a coder that is given them can be compared word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.contracts.errors import InputError
from analysis.corpus.language import SUPPORTED, detect_language
from analysis.reading.decode import read_tags
from analysis.validation.gold import read_gold_text

DOCUMENT = "-DOCSTART-"
"""First column of the line that begins an article in CoNLL-2002."""
_TAG = re.compile(r"O|[BI]-\S+")
_RANGE = re.compile(r"\d+-\d+")
_EMPTY = re.compile(r"\d+\.\d+")


@dataclass(frozen=True)
class GoldSentence:
    """The words of a sentence.

    Attributes
    ----------
    words : tuple of str
        At least one.
    is_spaced : tuple of bool
        Whether white space follows each word.
    article : int
        Number of the article it stands in, from 0; 0 throughout where the file tells no articles apart.
    """

    words: tuple[str, ...]
    is_spaced: tuple[bool, ...]
    article: int = 0


@dataclass(frozen=True)
class Tree:
    """Parts of speech, lemmas, heads (from 1, 0 for the root) and relations, one of each a word."""

    upos: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class GoldTree(GoldSentence):
    """A sentence with its tree."""

    tree: Tree = Tree((), (), (), ())


@dataclass(frozen=True)
class GoldNames(GoldSentence):
    """A sentence with its named entities as ``(first word, word after the last, type)``."""

    names: tuple[tuple[int, int, str], ...] = ()


def read_conllu(path: str | Path) -> list[GoldTree]:
    """Read trees in CoNLL-U.

    Parameters
    ----------
    path : path
        The file; a relative path that does not exist is looked for in the reference data as well.

    Returns
    -------
    list of GoldTree
        Ranges of words (``3-4``) and empty nodes (``9.1``) are left out. The marks that some treebanks put between the
        parts of a compound's lemma (``partij_bestuur``) are taken away. A tree may have several roots or a loop, as a
        few of the published ones do: each word is scored by itself.

    Raises
    ------
    InputError
        When the file cannot be read or breaks the format; the message names file and line.

    References
    ----------
    De Marneffe, M.-C., Manning, C. D., Nivre, J., & Zeman, D. (2021). Universal Dependencies. Computational
    Linguistics, 47(2), 255-308.
    """
    name, content = read_gold_text(path)
    found = []
    for lines in _split_blocks(content):
        rows: list[list[str]] = []
        for number, line in lines:
            if line.startswith("#"):
                continue
            where = f"{name}, line {number}"
            cells = line.split("\t")
            if len(cells) != 10:
                raise InputError(f"{where}: has {len(cells)} columns, not 10; CoNLL-U divides them by tabs")
            if _RANGE.fullmatch(cells[0]) or _EMPTY.fullmatch(cells[0]):
                continue
            if cells[0] != str(len(rows) + 1):
                raise InputError(f"{where}, column ID: {cells[0]!r} must be {len(rows) + 1}; count words from 1")
            if not cells[6].isdecimal():
                raise InputError(f"{where}, column HEAD: {cells[6]!r} must be the number of a word, or 0 for the root")
            if not cells[1]:
                raise InputError(f"{where}, column FORM: is empty; give every line its word")
            rows.append(cells)
        if rows:
            found.append(_make_tree(rows, f"{name}, sentence that begins at line {lines[0][0]}"))
    if not found:
        raise InputError(f"{name}: holds no trees; give a file in CoNLL-U, ten columns a word")
    return found


def read_conll2002(path: str | Path) -> list[GoldNames]:
    """Read named entities: token, part of speech and IOB2 tag on each line.

    Parameters
    ----------
    path : path
        The file; a relative path that does not exist is looked for in the reference data as well.

    Returns
    -------
    list of GoldNames
        A line that begins with ``-DOCSTART-`` begins an article.

    Raises
    ------
    InputError
        When the file cannot be read or breaks the format; the message names file and line.

    References
    ----------
    Tjong Kim Sang, E. F. (2002). Introduction to the CoNLL-2002 shared task: language-independent named entity
    recognition. CoNLL.
    """
    name, content = read_gold_text(path)
    found: list[GoldNames] = []
    article = -1
    for lines in _split_blocks(content):
        words: list[str] = []
        tags: list[str] = []
        for number, line in lines:
            where = f"{name}, line {number}"
            cells = line.split()
            if cells[0] == DOCUMENT:
                if words:
                    raise InputError(f"{where}: an article begins inside a sentence; put an empty line before it")
                article += 1
                continue
            if len(cells) != 3:
                raise InputError(f"{where}: has {len(cells)} columns, not 3: token, part of speech, tag")
            if not _TAG.fullmatch(cells[2]):
                raise InputError(f"{where}: the tag {cells[2]!r} must be O, or B- or I- and a type, such as B-PER")
            before = tags[-1] if tags else "O"
            if cells[2].startswith("I-") and before[2:] != cells[2][2:]:
                raise InputError(f"{where}: {cells[2]} follows {before}; in IOB2 every name begins with B-")
            words.append(cells[0])
            tags.append(cells[2])
        if words:
            spaced = (True,) * len(words)
            found.append(GoldNames(tuple(words), spaced, max(article, 0), tuple(read_tags(tags))))
    if not found:
        raise InputError(f"{name}: holds no sentences; write token, part of speech and tag on each line")
    return found


def find_language(sentences: Sequence[GoldSentence]) -> str:
    """The language of gold words, ``nl`` or ``en``, told from its beginning; files of words do not name it."""
    found = detect_language(" ".join(word for sentence in sentences[:200] for word in sentence.words))
    return found if found in SUPPORTED else "nl"


def _split_blocks(content: str) -> Iterator[list[tuple[int, str]]]:
    """Runs of lines that are not empty, each with its number."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            block.append((number, line.rstrip("\r")))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _make_tree(rows: Sequence[Sequence[str]], where: str) -> GoldTree:
    heads = tuple(int(cells[6]) for cells in rows)
    if max(heads) > len(rows):
        raise InputError(f"{where}: the head {max(heads)} is not among its {len(rows)} words; correct column HEAD")
    lemmas = tuple(cells[2].replace("_", "") if len(cells[2]) > 1 else cells[2] for cells in rows)
    return GoldTree(
        words=tuple(cells[1] for cells in rows),
        is_spaced=tuple("SpaceAfter=No" not in cells[9].split("|") for cells in rows),
        tree=Tree(tuple(cells[3] for cells in rows), lemmas, heads, tuple(cells[7] for cells in rows)),
    )
