"""What readers give: articles as a file has them, and what had to be refused.

Reads nothing; returns the records that every reader fills and `analysis.corpus.loading` turns into tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

RAISE = "allow more (--max-characters; in Python max_characters)"
"""What to do about an article that is too long."""


@dataclass(frozen=True)
class RawArticle:
    """An article as a file has it.

    `row` counts from 1, the header of a table being row 1; in an export of a database it is the number of the article
    in the file. It is None where a file holds one article. An export says the date itself, so that in its text no date
    line is looked for (`is_export`).
    """

    text: str
    row: int | None = None
    article_id: str | None = None
    headline: str | None = None
    published: Any = None
    outlet: str | None = None
    language: str | None = None
    is_export: bool = False


@dataclass(frozen=True)
class Refusal:
    """Something that could not be read, and what to do about it; `notice` as in the table of notices."""

    row: int | None
    reason: str
    remedy: str
    notice: str = "refused"


@dataclass
class FileContent:
    """What one file gave."""

    articles: list[RawArticle] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    encoding: str = "utf-8"


class RefusedError(Exception):
    """A file that is not read; it costs that file only."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def refuse(reason: str, remedy: str) -> FileContent:
    """Nothing but the reason why a file is not read."""
    return FileContent(refusals=[Refusal(None, reason, remedy)])


def import_reader(module: str, package: str) -> Any:
    """Import the reader of a format, which takes time that other formats need not wait for.

    Raises
    ------
    RefusedError
        If the package is not installed; the remedy is the command that installs it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        reason = f"reading it takes the package {package}, which is not installed"
        raise RefusedError(reason, f"Run: python -m pip install {package}") from error
