"""Palettes, wrapping and figures without pyplot."""

import itertools

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from analysis.codebook.load import Actor, Codebook
from analysis.display.charts import style

CODEBOOK = Codebook(name="t", actors={key: Actor(key, {"nl": key}, "person") for key in ("b", "a")})


def luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_ends_of_the_diverging_palette_differ_in_grey():
    """Negative and positive are told apart in a print without colour."""
    low, high = sorted([luminance(style.NEGATIVE), luminance(style.POSITIVE)])
    assert (high + 0.05) / (low + 0.05) > 3


def test_the_middle_of_the_diverging_palette_is_the_lightest():
    """Towards both ends the palette only gets darker."""
    values = [luminance(colour) for colour in style.DIVERGING]
    middle = len(values) // 2
    assert values[: middle + 1] == sorted(values[: middle + 1])
    assert values[middle:] == sorted(values[middle:], reverse=True)


def test_the_qualitative_palette_is_short_and_without_doubles():
    """At most eight groups."""
    assert len(set(style.QUALITATIVE)) == len(style.QUALITATIVE) <= 8


@pytest.mark.parametrize("colour", [*style.DIVERGING, *style.QUALITATIVE])
def test_text_on_a_colour_can_be_read(colour):
    """Contrast of at least 4.5 to 1 (WCAG AA), 4 for the mid tones of groups, which carry no small text."""
    ink = luminance(style.ink_on(colour))
    low, high = sorted([ink, luminance(colour)])
    assert (high + 0.05) / (low + 0.05) >= 4


@given(st.text(st.characters(categories=["L", "N", "P"]) | st.just(" "), max_size=200), st.integers(8, 40))
def test_wrapping_keeps_every_letter_of_a_label_of_normal_length(text, width):
    """Only white space and hyphens at breaks change; a monstrous label ends in an ellipsis."""
    wrapped = style.wrap(text, width)
    plain = "".join(text.split())
    if len(" ".join(text.split())) <= 90:
        assert "".join(wrapped.split()).replace("-", "") == plain.replace("-", "")
    else:
        assert wrapped.endswith("…")


def test_wrapping_makes_even_lines():
    """Two lines of about the same length, not a full one and a word."""
    assert style.wrap("Iraans ministerie van Buitenlandse Zaken", 28) == "Iraans ministerie van\nBuitenlandse Zaken"
    assert style.wrap("Arbeidsongeschiktheidsverzekering", 30) == "Arbeidsongeschiktheidsverzek-\nering"


def test_a_caption_never_leaves_the_page():
    """Lines are broken by their measured width."""
    figure = style.finish(style.new_figure(), "W" * 5 + " W" * 60, ["w" * 9, "mm " * 60])
    with mpl.rc_context(style.RC):
        figure.canvas.draw()
    for text in (figure._suptitle, figure._supxlabel):
        assert text.get_window_extent().x1 <= figure.bbox.width


def test_ranking_breaks_ties_by_the_codebook():
    """Row order is part of a result, so it never depends on the order of rows."""
    for counts in itertools.permutations({"a": 1.0, "b": 1.0, "z": 1.0, "c": 2.0}.items()):
        assert style.rank(dict(counts), CODEBOOK, 3) == (["c", "b", "a"], 4)
