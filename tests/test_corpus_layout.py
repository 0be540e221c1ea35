"""Headline, lead, body and captions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.layout import arrange_paragraphs, find_headline, is_caption, split_paragraphs

BODY = "Het was een onrustige nacht in de hoofdstad, waar de menigte de straat op ging."


@pytest.mark.parametrize(
    "text",
    [
        "Demonstranten bestormen de ambassade. Beeld EPA",
        "Een soldaat bij de poort. Beeld AP",
        "Foto: ANP",
        "De premier in het debat (Foto: ANP / Bart Maat)",
        "De premier. © AP",
        "De premier ©Getty Images",
        "The minister leaves. (Photo: Reuters)",
        "The minister leaves. Photo by John Smith/AP",
        "Een huis in Gaza. Beeld Marcel van den Bergh / de Volkskrant",
        "Een huis in Gaza Foto AFP",
        "Een huis in Gaza. FOTO AFP",
        "‘Wij gaan door.’ Beeld Reuters",
        "A house. Reuters",
        "De stoet. Foto: ANP.",
        "De stoet trekt voorbij. Het was druk. Foto: ANP",
        "De stoet trekt voorbij. Het was druk. (foto ANP)",
        "De stoet trekt voorbij. Het was druk. © ANP",
        "De stoet trekt voorbij. Het was druk. Reuters/John Smith",
        "De stoet trekt voorbij. (ANP)",
        "Drs. J. Bakker bij de brug. (ANP)",
        "De stoet trekt voorbij. Beeld Hollandse Hoogte / EPA",
    ],
)
def test_captions(text: str) -> None:
    """A short paragraph that ends in a photo credit is a caption."""
    assert is_caption(text)


@pytest.mark.parametrize(
    "text",
    [
        "Zij schetste een ander beeld van Iran.",
        "Dat zegt de minister tegen persbureau Reuters.",
        "Hij maakte een foto van Trump.",
        "De Beeld- en Geluidafdeling sluit.",
        "Wie is de man op de foto?",
        "Het beeld dat Rutte schetst",
        "Het bericht staat op de site van AFP",
        BODY * 9 + " Beeld EPA",
        "De brug is dicht. Schepen varen om. (ANP)",
        "The bridge is closed. Ships sail around it. (Reuters)",
        "‘De brug is dicht.’ Schepen varen om. Reuters.",
        f"{BODY[:-1]}, zodat niemand er meer door kon en de politie alle wegen naar het plein moest sluiten. (ANP)",
        "",
    ],
)
def test_text_that_is_no_caption(text: str) -> None:
    """The words beeld and foto alone make no caption, nor does a credit under a long text."""
    assert not is_caption(text)


def _parts(text: str, headline: str | None = None) -> list[str]:
    return [paragraph.part for paragraph in split_paragraphs(text, headline)]


@pytest.mark.parametrize(
    ("text", "headline", "parts"),
    [
        (f"Menigte bestormt ambassade\n\n{BODY}\n\n{BODY}", None, ["headline", "lead", "body"]),
        (f"Wat nu?\n\n{BODY}", None, ["headline", "lead"]),
        (f"Dat was het.\n\n{BODY}", None, ["lead", "body"]),
        ("Menigte bestormt ambassade", None, ["lead"]),
        (f"De poort. Beeld EPA\n\n{BODY}\n\n{BODY}", None, ["caption", "lead", "body"]),
        (f"Dat was het.\n\n{BODY}", "Dat was het.", ["headline", "lead"]),
        (f"Menigte bestormt ambassade\n\n{BODY}", "Een andere kop", ["lead", "body"]),
        (f"Menigte bestormt ambassade\n\n{BODY} Het bleef onrustig. (ANP)", None, ["headline", "lead"]),
        ("", None, []),
    ],
)
def test_split_paragraphs(text: str, headline: str | None, parts: list[str]) -> None:
    """Parts follow from the text, and from the headline when it is known."""
    assert _parts(text, headline) == parts


def test_find_headline() -> None:
    """The headline is the first paragraph when it looks like one."""
    assert find_headline(f"Menigte bestormt ambassade\n\n{BODY}") == "Menigte bestormt ambassade"
    assert find_headline(BODY) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een.\nTwee.", "Een.\n\nTwee."),
        ("Een lange regel die doorloopt tot\nop de volgende regel en dan ook\nnog een regel.",
         "Een lange regel die doorloopt tot op de volgende regel en dan ook nog een regel."),
        ("Kop\nEen veel langere regel met de tekst van het bericht.", "Kop\n\nEen veel langere regel met de tekst van het bericht."),
        ("Een.\n \nTwee.", "Een.\n\nTwee."),
    ],
)  # fmt: skip
def test_arrange_paragraphs(text: str, expected: str) -> None:
    """Wrapped lines are joined; other lines are paragraphs."""
    assert arrange_paragraphs(text) == expected


@given(
    st.lists(st.sampled_from(["Kop", BODY, "Foto: ANP", " ", "\n", "\n\n", "😀", "\t\n \n"]), max_size=12).map("".join)
)
def test_paragraphs_hold_every_character(text: str) -> None:
    """Paragraphs are trimmed, in order, and hold every character that is not white space."""
    covered: set[int] = set()
    last = 0
    for start, end, _ in split_paragraphs(text):
        assert last <= start < end
        assert text[start:end] == text[start:end].strip()
        covered |= set(range(start, end))
        last = end
    assert covered >= {place for place, character in enumerate(text) if not character.isspace()}
    assert _parts(text).count("lead") <= 1
