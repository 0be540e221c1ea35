"""What coded tables depend on, as a name: tables under the same name need not be made again.

Reads articles, a codebook, the options of the coders and the coder itself (its source, word lists and models); returns
hashes. `analysis.runs.run` names the chunks of a run by them, `analysis.runs.cache` the corpora that notebooks share.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

import analysis
from analysis.codebook.load import Codebook
from analysis.contracts.errors import UsageError
from analysis.contracts.paths import CODEBOOKS, MODELS, PATTERNS, ROOT, WORD_LISTS
from analysis.reading.model_loading import reading_model_path

PACKAGES = tuple("numpy onnxruntime pandas pandera pyarrow simplemma spacy tokenizers vaderSentiment".split())  # noqa: SIM905
"""Libraries whose version can change a row or a file."""
CODER = "analysis.runs.chain"
"""The module from which all that codes is imported."""

_CODER_NAME = re.compile(r"(analysis(?:\.\w+)+):\w+")
"""How a `Layer` names its coder."""


def fingerprint(articles: pd.DataFrame, codebook: Codebook, options: Mapping[str, Any], coder: str) -> str:
    """Name of coded articles: a hash of the articles, the codebook, the options and the coder.

    Parameters
    ----------
    articles : DataFrame
        Table ``articles``; the order of rows counts.
    codebook : Codebook
        Hashed by what it holds, so that one altered in memory is another.
    options : mapping of str to object
        Options of `analysis.runs.chain.code_articles`, all of them, defaults included; only plain ones (`is_plain`).
    coder : str
        `checksum_of_coder`.

    Returns
    -------
    str
        32 hexadecimal digits, the same on every machine.

    Raises
    ------
    UsageError
        For an option that is not plain: its name does not tell what it holds.
    """
    if unknown := [name for name, value in options.items() if not is_plain(value)]:
        raise UsageError(f"fingerprint: the option {unknown[0]} holds an object, which has no name of its own")
    parts = [
        coder,
        repr(codebook),
        dict(options),
        articles.astype(object).where(articles.notna(), None).to_dict("records"),
    ]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def is_plain(value: object) -> bool:
    """Whether a value is told by how it is written: nothing, a flag, a number, a text, or a list of these.

    Examples
    --------
    >>> is_plain(("model", "lexicon")), is_plain(None), is_plain(object())
    (True, True, False)
    """
    if isinstance(value, list | tuple):
        return all(is_plain(part) for part in value)
    return value is None or isinstance(value, bool | int | float | str)


def checksum_of_coder() -> str:
    """Hash of the coder: versions, the source that coding runs through, word lists and models."""
    digest = hashlib.sha256(metadata.version("framewijs").encode())
    digest.update(repr([(name, metadata.version(name)) for name in PACKAGES]).encode())
    for path in _find_rules():
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    for path in _find_models():
        digest.update(f"{path.name}:{checksum_of_file(path)}".encode())
    return digest.hexdigest()


def _find_rules() -> list[Path]:
    """Source and word lists of the coder."""
    return sorted([*find_source(CODER), *find_word_lists()])


def find_word_lists() -> list[Path]:
    """Files of words that coding reads: the lists of each language, those that go for all, and patterns."""
    lists = [*WORD_LISTS.glob("*/*.csv"), *WORD_LISTS.glob("*/*.yaml")]
    return sorted([*CODEBOOKS.glob("*.csv"), *lists, *PATTERNS.glob("*.yaml")])


def _find_models() -> list[Path]:
    """Weights of the coder."""
    models = {path for path in MODELS.iterdir() if path.suffix != ".md"} if MODELS.is_dir() else set()
    return [path for path in sorted(models | {reading_model_path()}) if path.is_file()]


def is_coder_as_imported() -> bool:
    """Whether source, word lists and models still are what this process read, so that their hash speaks for what runs.

    Returns
    -------
    bool
        False when a file of the coder was written after `analysis` was imported, as when somebody edits a rule while
        a notebook is open.
    """
    return all(path.stat().st_mtime <= analysis.IMPORTED_AT for path in [*_find_rules(), *_find_models()])


@lru_cache(maxsize=4)
def find_source(module: str) -> tuple[Path, ...]:
    """Files of the package that a module imports, directly or by others, wherever in the file the import stands.

    Coders that a `Layer` names count as imported.

    Parameters
    ----------
    module : str
        Full name, such as ``analysis.runs.chain``.

    Returns
    -------
    tuple of Path
        Sorted; the module itself and the packages around it are among them. As they were when first asked for: a
        module that is imported later must be imported by a file that has changed since.

    Examples
    --------
    >>> [path.name for path in find_source("analysis.contracts.errors")]
    ['__init__.py', '__init__.py', 'errors.py']
    """
    waiting, found = [module], set[Path]()
    while waiting:
        name = waiting.pop()
        path = _find_module(name)
        if path is not None and path not in found:
            found.add(path)
            waiting += [".".join(name.split(".")[:place]) for place in range(1, name.count(".") + 1)]
            waiting += _imported(path)
    return tuple(sorted(found))


def checksum_of_file(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _find_module(name: str) -> Path | None:
    """File of a module of this package; None for other packages and for names inside a module."""
    if not f"{name}.".startswith("analysis."):
        return None
    path = ROOT.joinpath(*name.split("."))
    return next((file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()), None)


def _imported(path: Path) -> Iterator[str]:
    """Modules that a file imports or names as a coder; of ``from a import b`` also ``a.b``, which may be a module."""
    waiting: list[ast.AST] = [ast.parse(path.read_bytes())]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting += node.orelse  # what stands under it never runs
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and (named := _CODER_NAME.fullmatch(str(node.value))):
            yield named[1]
        else:
            waiting += ast.iter_child_nodes(node)
