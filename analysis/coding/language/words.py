"""Word lists, from data/languages: the names of `analysis.contracts.words`."""

from analysis.contracts.words import (
    list_languages,
    load_both,
    load_both_pairs,
    load_by_language,
    load_pairs,
    load_tuple,
    load_words,
)

__all__ = [
    "list_languages",
    "load_both",
    "load_both_pairs",
    "load_by_language",
    "load_pairs",
    "load_tuple",
    "load_words",
]
