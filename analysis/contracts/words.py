"""Word lists: what ``data/languages/<language>/<file>.yaml`` holds, one folder a language, the same file names in each.

Reads a file of named lists once; returns frozen sets, tuples and mappings. A language that lacks a file or a list has
none of its words: a new language begins as an empty folder. A list that no language has is a mistake in the code.

Notes
-----
A file is a mapping of lists. A list has ``about`` (what it is for) and ``words``: a text whose words are divided by
spaces, a list (for phrases, or where the order counts), or a mapping of words to a value::

    conjunctions:
      about: Words that open a clause.
      words: dat omdat doordat terwijl
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from analysis.contracts.errors import InputError
from analysis.contracts.paths import WORD_LISTS

_KEYS = {"about", "words"}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader; every value is text, so that `no` and `on` are words."""


_Loader.yaml_implicit_resolvers = {}


@cache
def list_languages() -> tuple[str, ...]:
    """Return the languages that have a folder, sorted."""
    return tuple(sorted(path.name for path in WORD_LISTS.iterdir() if path.is_dir()))


@cache
def load_words(file: str, name: str, language: str) -> frozenset[str]:
    """Return a list as a set.

    Parameters
    ----------
    file
        Name of the file, without its ending.
    name
        Name of the list in it.
    language
        Name of the folder.

    Raises
    ------
    InputError
        If the file is damaged, or no language has the list.
    """
    return frozenset(_find(file, name, language))


@cache
def load_tuple(file: str, name: str, language: str) -> tuple[str, ...]:
    """Return a list in its order."""
    return tuple(_find(file, name, language))


@cache
def load_pairs(file: str, name: str, language: str) -> Mapping[str, str]:
    """Return a list whose words have a value each."""
    found = _find(file, name, language)
    if not isinstance(found, Mapping):
        if not found:
            return MappingProxyType({})
        raise InputError(f"{_path(file, language)}: {name}: give each word a value, as in `minister: m`")
    return MappingProxyType(dict(found))


def load_by_language(file: str, name: str) -> Mapping[str, frozenset[str]]:
    """Return a list of every language, by language."""
    return MappingProxyType({language: load_words(file, name, language) for language in list_languages()})


def load_both(file: str, name: str) -> frozenset[str]:
    """Return the words of all languages together, for places that do not know which they read."""
    return frozenset().union(*load_by_language(file, name).values())


def load_both_pairs(file: str, name: str) -> Mapping[str, str]:
    """Return the words of all languages together, each with its value.

    Raises
    ------
    InputError
        If two languages give a word different values, or as `load_pairs`.
    """
    together: dict[str, str] = {}
    for language in list_languages():
        for word, value in load_pairs(file, name, language).items():
            if together.setdefault(word, value) != value:
                raise InputError(f"{_path(file, language)}: {name}: {word} has another value in another language")
    return MappingProxyType(together)


def _path(file: str, language: str) -> Path:
    return WORD_LISTS / language / f"{file}.yaml"


def _find(file: str, name: str, language: str) -> tuple[str, ...] | Mapping[str, str]:
    """Return the words of a list; nothing where this language lacks what another has."""
    here = _read(_path(file, language))
    if name in here:
        return here[name]
    if not any(name in _read(_path(file, other)) for other in list_languages()):
        raise InputError(f"{_path(file, language)}: no list '{name}', in any language")
    return ()


@cache
def _read(path: Path) -> Mapping[str, tuple[str, ...] | Mapping[str, str]]:
    """Read and check a file; one that is not there has no list."""
    if not path.is_file():
        return {}
    try:
        content = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506  a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as YAML ({' '.join(str(error).split())})") from None
    if not isinstance(content, dict):
        raise InputError(f"{path}: a mapping of lists is expected; each has `about` and `words`")
    return {str(name): _check(path, str(name), entry) for name, entry in content.items()}


def forget() -> None:
    """Read every list anew from now on, as where another folder takes the place of the project's."""
    for loader in (list_languages, load_words, load_tuple, load_pairs, _read):
        loader.cache_clear()


def _check(path: Path, name: str, entry: Any) -> tuple[str, ...] | Mapping[str, str]:
    if not isinstance(entry, dict) or set(entry) != _KEYS or not str(entry["about"]).strip():
        raise InputError(f"{path}: {name}: `about` (a sentence) and `words` are expected, and nothing else")
    words = entry["words"]
    if isinstance(words, dict):
        if not all(isinstance(value, str) for value in words.values()):
            raise InputError(f"{path}: {name}: the value of a word is a text")
        return {str(word): value for word, value in words.items()}
    found = words.split() if isinstance(words, str) else words
    if not isinstance(found, list) or not all(isinstance(word, str) and word.strip() for word in found):
        raise InputError(f"{path}: {name}: `words` is a text, a list of words, or words with a value each")
    if twice := sorted({word for word in found if found.count(word) > 1}):
        raise InputError(f"{path}: {name}: {', '.join(twice)} stands there twice; leave one out")
    return tuple(found)
