"""Language of an article."""

from __future__ import annotations

import pytest

from analysis.corpus.language import detect_language, normalise_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De regering heeft gisteren besloten om de grens te sluiten voor vrachtverkeer uit het oosten.", "nl"),
        ("The government decided yesterday to close the border to all lorries from the east.", "en"),
        ("Die Regierung hat gestern beschlossen, die Grenze für Lastwagen aus dem Osten zu schließen.", "de"),
        ("Le gouvernement a décidé hier de fermer la frontière aux camions venant de l'est du pays.", "fr"),
        ("El gobierno decidió ayer cerrar la frontera a los camiones que vienen del este del país.", "es"),
        ("قررت الحكومة أمس إغلاق الحدود أمام الشاحنات القادمة من الشرق", "ar"),
        ("Hükümet dün doğudan gelen kamyonlara sınırı kapatma kararı aldı ve açıklama yaptı.", "tr"),
        ("De man is weg.", "nl"),
        ("The man has left.", "en"),
        ("Trump Esper", "nl"),
        ("مرحبا", "ar"),
    ],
)
def test_detect_language(text: str, language: str) -> None:
    """Long texts go by statistics, short ones by function words."""
    assert detect_language(text) == language


def test_default_decides_without_evidence() -> None:
    """A text without evidence is what the caller says."""
    assert detect_language("Trump Esper", default="en") == "en"
    assert detect_language("1234 !", default="en") == "en"


@pytest.mark.parametrize(
    ("value", "code"), [("NL", "nl"), ("nl-BE", "nl"), ("en_US", "en"), ("Nederlands", "nl"), ("English", "en"), ("nld", "nl"), ("??", None)]
)  # fmt: skip
def test_normalise_language(value: str, code: str | None) -> None:
    """Names and codes of languages become ISO 639-1."""
    assert normalise_language(value) == code
