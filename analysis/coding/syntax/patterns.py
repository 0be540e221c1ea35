"""Patterns over trees as data: a row names a kind of word and, for each of its places, the path that leads there.

Reads rows of YAML and tokens of a parsed Doc; returns `Match` records. A layer brings its own kinds of words, places
and named functions; nothing here knows what a quote or a claim is.

Notes
-----
A path has five signs, and no more. What they cannot say (adjacency, quotation marks, shared subjects) is a function
that a layer names in capitals, as a step (``SUBJECT``) or as a test (``ccomp[AFTER]``).

=====  =======================================  ============================================
sign   meaning                                  example
=====  =======================================  ============================================
``|``  any of these relations                   ``ccomp|xcomp``
``[]`` what the word there must have            ``obl[case=door,by]``, ``acl[mark=THAT; pos=VERB]``
``^``  up: the word governs, by this relation   ``^advcl``, ``^`` (by whatever relation)
``>``  then                                     ``^obj > nsubj``
``/``  else: the first way that leads anywhere  ``nmod[case=van] / nmod:poss``
=====  =======================================  ============================================

A path that is only ``.`` stays at the word. In brackets ``case`` and ``mark`` are words that hang under the word (``-``
is none), ``lemma``, ``word`` and ``pos`` are its own; a value in capitals is a list of words that the layer names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any, NamedTuple

import yaml
from spacy.tokens import Token

from analysis.coding.syntax.trees import children, is_passive, preposition
from analysis.contracts.errors import InputError

VOICES = ("active", "passive", "any")
_RELATIONS = """
acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound compound:prt conj cop csubj csubj:pass dep det
dislocated expl expl:pv fixed flat iobj list mark nmod nmod:poss nsubj nsubj:pass nummod obj obl obl:agent obl:arg
obl:tmod parataxis punct vocative xcomp
"""
RELATIONS = frozenset(_RELATIONS.split())
_STEP = re.compile(r"(\^?)([A-Za-z:_|.]*)(?:\[([^\]]*)\])?\Z")
_NAME = re.compile(r"[A-Z][A-Z_]*\Z")
_KEYS = ("case", "mark", "lemma", "word", "pos")


@dataclass(frozen=True)
class Names:
    """What the rows of a layer may have, and what it adds to the signs, by names in capitals.

    Attributes
    ----------
    kinds : collection of str
        Kinds of words that there are.
    places, needed : sequences of str
        Its places; those that no row may lack, without which none matches.
    options : mapping of str to sequence of str
        Its further columns, which a row may leave out, with the values that they take.
    steps : mapping of str to callable
        From a word to words, where no relation leads there (``SUBJECT``).
    tests : mapping of str to callable
        Whether a word that was reached, given the cue, will do (``ccomp[AFTER]``).
    words : mapping of str to collection
        Lists of words (``acl[mark=THAT]``).
    """

    kinds: Collection[str] = ()
    places: Sequence[str] = ()
    needed: Sequence[str] = ()
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    steps: Mapping[str, Callable[[Token], Iterable[Token]]] = field(default_factory=dict)
    tests: Mapping[str, Callable[[Token, Token], bool]] = field(default_factory=dict)
    words: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step of a path: where it leads from a word, and what the word there must have."""

    move: Callable[[Token], Iterable[Token]]
    tests: tuple[Callable[[Token, Token], bool], ...]

    def walk(self, token: Token, cue: Token) -> Iterator[Token]:
        """Words that the step leads to from `token`."""
        return (one for one in self.move(token) if all(test(one, cue) for test in self.tests))


Path = tuple[tuple[Step, ...], ...]
"""Ways to go, in the order in which they are tried, each a row of steps."""


def read_path(text: str, names: Names) -> Path:
    """Read a path.

    Raises
    ------
    ValueError
        For what is no path, an unknown relation or an unknown name; the message says which.
    """
    return tuple(tuple(_read_step(step.strip(), names) for step in way.split(">")) for way in text.split("/"))


def follow(token: Token, path: Path) -> list[Token]:
    """Words at the end of a path, by the first of its ways that leads anywhere, in text order."""
    for way in path:
        here = [token]
        for step in way:
            here = [one for start in here for one in step.walk(start, token)]
        if here:
            return sorted({one.i: one for one in here}.values(), key=lambda one: one.i)
    return []


def _read_step(text: str, names: Names) -> Step:
    found = _STEP.match(text)
    if found is None or not text.partition("[")[0]:
        raise ValueError(f"'{text}' is no step; write relations such as ccomp|xcomp, with [..] after them")
    up, where, needs = found.groups()
    tests = tuple(_read_test(part.strip(), names) for part in (needs or "").split(";") if part.strip())
    if _NAME.match(where):
        if up:
            raise ValueError(f"'{text}': ^ goes up by a relation; '{where}' is a named step, and none of those goes up")
        return Step(_look_up(names.steps, where, "step"), tests)
    relations = frozenset(where.split("|")) if where not in ("", ".") else frozenset()
    if unknown := sorted(relations - RELATIONS):
        raise ValueError(f"'{unknown[0]}' is no relation; use those of Universal Dependencies, such as nsubj or ccomp")
    if up:
        return Step(lambda token: [token.head] if _is_governed(token, relations) else [], tests)
    if not relations:
        return Step(lambda token: [token], tests)
    return Step(lambda token: children(token, relations), tests)


def _is_governed(token: Token, relations: Collection[str]) -> bool:
    return token.head.i != token.i and (not relations or token.dep_ in relations)


def _read_test(text: str, names: Names) -> Callable[[Token, Token], bool]:
    key, sign, values = (part.strip() for part in text.partition("="))
    if not sign:
        test: Callable[[Token, Token], bool] = _look_up(names.tests, key, "test")
        return test
    if key not in _KEYS or not values:
        raise ValueError(f"'{text}' is no test; write one of {', '.join(_KEYS)}, =, and words, as in case=door,by")
    wanted: set[str] = set()
    for written in values.split(","):
        value, is_list = written.strip(), key != "pos" and _NAME.match(written)
        if not is_list and value != (value.upper() if key == "pos" else value.lower()):
            raise ValueError(f"'{text}' can never hold: write pos in capitals, words and lemmas in small letters")
        wanted |= set(_look_up(names.words, value, "list of words")) if is_list else {value}
    return lambda token, _cue: not wanted.isdisjoint(_values(token, key))


def _values(token: Token, key: str) -> set[str]:
    if key == "case":
        return {preposition(token) or "-"}
    if key == "mark":
        return {child.lower_ for child in children(token, ("mark",))} or {"-"}
    return {token.pos_ if key == "pos" else token.lemma_.lower() if key == "lemma" else token.lower_}


def _look_up(named: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in named:
        raise ValueError(f"'{name}' is no {what}; there are {', '.join(sorted(named)) or 'none'}")
    return named[name]


class Example(NamedTuple):
    """A sentence of a row, and the words that each place must lead to; no places where the row must not match."""

    language: str
    text: str
    places: Mapping[str, str]


@dataclass(frozen=True)
class Pattern:
    """A row: the kinds of word that it begins at, and the paths to its places.

    Attributes
    ----------
    name, about : str
        What it is called in tables, and what it finds.
    cue : frozenset of str
        Kinds of words, of which the word must be one.
    voice : str
        One of `VOICES`.
    places : mapping of str to Path
        Paths by the name of the place.
    needed : frozenset of str
        Places without which it does not match.
    options : mapping of str to str
        Further columns of the names.
    examples : tuple of Example
        Sentences that it must and must not match, which its tests are.
    """

    name: str
    about: str
    cue: frozenset[str]
    voice: str
    places: Mapping[str, Path]
    needed: frozenset[str]
    options: Mapping[str, str]
    examples: tuple[Example, ...]

    def match(self, cue: Token, kinds: Collection[str]) -> dict[str, list[Token]] | None:
        """Words at each place, by name, an empty list where there are none; None where the pattern does not fit.

        Parameters
        ----------
        cue : Token
            The word that the paths begin at.
        kinds : collection of str
            Kinds of words that it is of.
        """
        if self.cue.isdisjoint(kinds) or (self.voice != "any" and (self.voice == "passive") != is_passive(cue)):
            return None
        found: dict[str, list[Token]] = {}
        for place, path in self.places.items():
            found[place] = follow(cue, path)
            if not found[place] and place in self.needed:
                return None
        return found


def load_patterns(file: str | File, names: Names) -> tuple[Pattern, ...]:
    """Read and check the rows of a file, in their order.

    Parameters
    ----------
    file : path
        A list of rows with ``name``, ``about``, ``cue`` (kinds, parted by spaces), a path for each place, and where
        wanted ``voice``, the options of the layer, ``match`` and ``miss``: by language, lists of examples with ``text``
        and the words at the places, and of texts.
    names : Names
        What the rows may have.

    Raises
    ------
    InputError
        For a file that cannot be read, and for the first mistake in it, with file, row and what to write.
    """
    file = File(file)
    try:
        rows = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{file}: cannot be read as YAML ({' '.join(str(error).split())})") from None
    if not isinstance(rows, list):
        raise InputError(f"{file}: a list of rows is expected; each begins with `- name: ...`")
    found: dict[str, Pattern] = {}
    for number, row in enumerate(rows, start=1):
        where = f"{file}, row {number}"
        try:
            pattern = _read_row(row, names)
        except ValueError as error:
            name = f" ({row['name']})" if isinstance(row, dict) and row.get("name") else ""
            raise InputError(f"{where}{name}: {error}") from None
        if pattern.name in found:
            raise InputError(f"{where} ({pattern.name}): the name is used before; give the row another")
        found[pattern.name] = pattern
    return tuple(found.values())


def _read_row(row: Any, names: Names) -> Pattern:
    known = {"name", "about", "cue", "voice", "match", "miss", *names.places, *names.options}
    if not isinstance(row, dict) or not {"name", "about", "cue", *names.needed} <= set(row) <= known:
        raise ValueError(f"the keys are {', '.join(sorted(known))}; voice, match and miss may be left out")
    if bad := [key for key in known - {"match", "miss"} if key in row and not isinstance(row[key], str)]:
        raise ValueError(f"{bad[0]}: a text is expected; put it between quotation marks")
    cue = frozenset(row["cue"].split())
    if not cue or not cue <= set(names.kinds):
        raise ValueError(f"cue: '{row['cue']}': no kind of word; use one or more of {', '.join(sorted(names.kinds))}")
    for key, values in {"voice": VOICES, **names.options}.items():
        if key in row and row[key] not in values:
            raise ValueError(f"{key}: {row[key]}; use {', '.join(values)}")
    return Pattern(
        name=row["name"],
        about=row["about"],
        cue=cue,
        voice=row.get("voice", "any"),
        places={place: read_path(row[place], names) for place in names.places if place in row},
        needed=frozenset(names.needed),
        options={key: row[key] for key in names.options if key in row},
        examples=tuple(_read_examples(row, names.places)),
    )


def _read_examples(row: Mapping[str, Any], places: Sequence[str]) -> Iterator[Example]:
    for key in ("match", "miss"):
        by_language = row.get(key, {})
        if not isinstance(by_language, dict) or not all(isinstance(listed, list) for listed in by_language.values()):
            raise ValueError(f"{key}: a list per language is expected, as in `nl: [...]`")
        for language, listed in by_language.items():
            for given in listed:
                entry = {"text": given} if key == "miss" and isinstance(given, str) else given
                if not isinstance(entry, dict) or "text" not in entry or not set(entry) <= {"text", *places}:
                    raise ValueError(f"{key}: an example has `text` and, for a match, {', '.join(places)}")
                if (key == "match") != (len(entry) > 1):
                    raise ValueError(f"{key}: '{entry['text']}': a match names words at its places, a miss none")
                yield Example(language, entry["text"], {k: v for k, v in entry.items() if k != "text"})
