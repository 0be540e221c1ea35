"""The examples of a study's own patterns of quotes are run before any article is coded.

Reads the rows beside a codebook and the reading model; returns nothing. A row that leaves an example out, or that finds
a counter-example, is refused with its sentence and what was found in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.tokens import Doc

from analysis.codebook.load import Codebook
from analysis.coding.quotes.cues import NAMES
from analysis.coding.quotes.patterns import load_quote_patterns
from analysis.coding.quotes.reported import find_reports
from analysis.coding.syntax.patterns import Example, Pattern, load_patterns
from analysis.contracts.errors import InputError
from analysis.contracts.words import list_languages
from analysis.reading import read_articles
from analysis.reading.tokens import MODEL
from analysis.validation.gold import make_gold_articles


def check_own_patterns(codebook: Codebook, *, reading: str = MODEL) -> None:
    """Check the patterns beside a codebook against their own examples.

    Parameters
    ----------
    codebook : Codebook
        Without patterns beside it there is nothing to check.
    reading : str, default "model"
        How articles will be read; without the model rows find nothing, and their examples are not run.

    Raises
    ------
    InputError
        For a mistake in a row, as `load_quote_patterns`; for an example whose words a row does not find, or a
        counter-example that it finds; with file and row, and what to change.
    """
    if codebook.quote_patterns is None:
        return
    patterns = load_quote_patterns(codebook.quote_patterns)
    own = load_patterns(codebook.quote_patterns, NAMES) if reading == MODEL else ()
    given = [(pattern, example) for pattern in own for example in pattern.examples]
    rows = []
    for number, (pattern, example) in enumerate(given):
        if example.language not in list_languages():
            known = ", ".join(list_languages())
            raise InputError(f"{_name(codebook, pattern, example)}: {example.language} is no language; use {known}")
        rows.append({"article_id": f"e{number:05d}", "text": example.text, "language": example.language})
    if not rows:
        return
    docs = read_articles(make_gold_articles(rows)).docs
    for row, (pattern, example) in zip(rows, given, strict=True):
        found = _find(docs[row["article_id"]], pattern, patterns)
        if not any(_is_wanted(one, example) for one in found) if example.places else found:
            told = " and ".join(f"source '{source}', content '{content}'" for source, content in found) or "nothing"
            wanted = "" if example.places else "; a counter-example must give none"
            where = _name(codebook, pattern, example)
            raise InputError(f"{where}: the row finds {told}{wanted}; change the row or the example")


def _name(codebook: Codebook, pattern: Pattern, example: Example) -> str:
    return f"{Path(str(codebook.quote_patterns)).name} ({pattern.name}), '{example.text}'"


def _find(doc: Doc, pattern: Pattern, patterns: Sequence[Pattern]) -> list[tuple[str, str]]:
    """The word that heads the speaker's phrase, and the words that are said, of what a row finds."""
    sentences = [(sentence.start, sentence.end) for sentence in doc.sents]
    blocks = [(0, len(doc))] * len(sentences)
    reports = [one for one in find_reports(doc, sentences, blocks, patterns) if one.rule == pattern.name]
    return [
        ("" if one.source is None else one.source.text, doc[one.pieces[0][0] : one.pieces[-1][1]].text)
        for one in reports
    ]


def _is_wanted(found: tuple[str, str], example: Example) -> bool:
    source, content = (example.places.get(place, "") for place in ("source", "content"))
    return content == found[1] and (found[0] in source.split() or found[0] == source)
