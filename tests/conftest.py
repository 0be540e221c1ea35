"""Shared fixtures: the seed read and coded once, and small articles made in a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis import paths
from analysis.codebook.load import Codebook, load_codebook
from analysis.contracts.tables import Tables, make_table
from analysis.corpus import load_articles
from analysis.runs.chain import code_articles


@pytest.fixture(scope="session")
def seed_codebook() -> Codebook:
    """The codebook of the seed article."""
    return load_codebook(paths.CODEBOOKS / "seed.yaml")


@pytest.fixture(scope="session")
def seed_tables(seed_codebook: Codebook) -> Tables:
    """Every table of the seed article."""
    return code_articles(load_articles(paths.SEEDS), seed_codebook)


@pytest.fixture
def make_articles() -> Callable[..., pd.DataFrame]:
    """A function that turns texts into the table ``articles``."""

    def make(*texts: str, language: str = "nl") -> pd.DataFrame:
        return make_table(
            "articles",
            [
                {
                    "article_id": f"a{number}",
                    "outlet": None,
                    "published": "2024-05-01",
                    "published_precision": "day",
                    "headline": None,
                    "text": text,
                    "language": language,
                    "source_file": f"a{number}.txt",
                    "n_words": len(text.split()),
                    "duplicate_of": None,
                }
                for number, text in enumerate(texts, start=1)
            ],
        )

    return make


@pytest.fixture
def write_codebook(tmp_path: Path) -> Callable[[str], Path]:
    """A function that writes YAML to a file and returns its path."""

    def write(text: str) -> Path:
        path = tmp_path / "codebook.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
