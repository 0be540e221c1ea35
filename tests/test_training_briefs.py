"""Briefs: drawn from a seed, within bounds, a third of the items in pairs."""

from __future__ import annotations

import re

from analysis.training.briefs import MOST_ACTORS, SHARE_IN_PAIRS, draw_briefs


def test_the_same_part_is_drawn_again():
    """And another part otherwise; English only where asked."""
    assert draw_briefs("aa", 40) == draw_briefs("aa", 40)
    assert draw_briefs("aa", 40) != draw_briefs("ab", 40)
    assert all(" | English | " in line for line in draw_briefs("af", 20, english=True))


def test_a_third_of_the_items_stand_in_pairs():
    """The second of a pair names the first."""
    lines = draw_briefs("zz", 3000)
    turned = [number for number, line in enumerate(lines) if "turned round" in line]
    assert abs(2 * len(turned) / len(lines) - SHARE_IN_PAIRS) < 0.03
    assert all(f"{lines[number - 1].split(' | ')[0]} with its parts" in lines[number] for number in turned)


def test_length_and_actors_stay_within_bounds():
    """80 to 700 words, three to fourteen actors."""
    for line in draw_briefs("zz", 500):
        words, actors = (int(re.search(rf"(\d+) {name}", line)[1]) for name in ("words", "actors"))
        assert 80 <= words <= 700
        assert 3 <= actors <= MOST_ACTORS
