"""Datelines and credits: which names are no actors, and which stay."""

import pytest

from analysis.coding.language.tokens import split_words
from analysis.coding.mentions.article import find_credits


def credited(text: str) -> list[str]:
    """The words that belong to a dateline or credit."""
    words = split_words(text)
    return [words[k].text for k in sorted(find_credits(text, words))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DEN HAAG - De minister zwijgt.", ["DEN", "HAAG"]),
        ("AMSTERDAM (ANP) – De politie zoekt getuigen.", ["AMSTERDAM", "ANP"]),
        ("Kop boven het stuk\nBRUSSEL/PARIJS — Het overleg loopt.", ["BRUSSEL", "PARIJS"]),
        ("Washington (AP) The vote is over.", ["Washington", "AP"]),
        ("Bagdad, 3 mei - Het is stil.", ["Bagdad", "3", "mei"]),
        ("Foto: ANP / Kees de Bruin", ["Foto", "ANP", "Kees", "de", "Bruin"]),
        ("Het is over. (Foto: Piet Bos)", ["Foto", "Piet", "Bos"]),
        ("Photo by John Birch/Getty Images", ["Photo", "by", "John", "Birch", "Getty", "Images"]),
        ("Het regent. Beeld ANP", ["Beeld", "ANP"]),
        ("Zij lacht. (ANP)", ["ANP"]),
        ("Zij lacht.\nKees Bos/Hollandse Hoogte", ["Kees", "Bos", "Hollandse", "Hoogte"]),
    ],
)
def test_dateline_or_credit_is_taken_whole(text: str, expected: list[str]) -> None:
    """Place, agency and maker go together, and nothing after them."""
    assert credited(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Persbureau Reuters meldt dat Den Haag zwijgt.",
        "Het Algemeen Nederlands Persbureau (ANP) staakt.",
        "VVD - De partij zakt. Later won de VVD weer.",
        "De foto laat Piet Bos zien.",
        "Op de foto: een man die Piet Bos heet.",
        "Getty Images klaagt een bedrijf aan.",
    ],
)
def test_name_in_a_sentence_is_no_credit(text: str) -> None:
    """An agency that does something, a party that is named again and a photograph in the story stay."""
    assert credited(text) == []


def test_long_lines_take_little_time() -> None:
    """Capitals, hyphens and initials without end are read in linear time."""
    for text in ("A-B-C-D-E-F-G-H " * 2000, "A" * 50_000, "A. B. C. / " * 4000):
        assert find_credits(text, split_words(text)) == frozenset()
