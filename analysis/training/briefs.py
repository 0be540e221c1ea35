"""Briefs for those who write running news: what each item is to be is drawn here, not chosen by the writer.

Writers left to themselves repeat a few kinds of story. `draw_briefs` draws outlet, genre, subject, length, number of
actors, share of sentences that judge nobody, speech, ground, and what makes an item hard, each independently, from
``data/annotations/running_news/briefs.yaml``. A third of the items come in pairs that tell one kind of event with the
parts turned round, so that words alone cannot tell who is judged. ``python -m analysis.training.briefs aa --n 240``
prints the briefs of a part.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from analysis.contracts.paths import DATA

FILE = DATA / "annotations" / "running_news" / "briefs.yaml"
SHARE_IN_PAIRS = 1 / 3
#: Chance that an item is followed by its twin, so that `SHARE_IN_PAIRS` of all items stand in pairs.
P_TWIN = SHARE_IN_PAIRS / (2 - SHARE_IN_PAIRS)
N_HARD, MOST_ACTORS = 2, 14


def _draw(values: Mapping[str, Sequence[Any]], generator: random.Random, lengths: Sequence[Any]) -> list[str]:
    length = generator.choices(lengths, [one["weight"] for one in lengths])[0]
    words = generator.randrange(length["from"], length["to"], 10)
    outlet, genre, subject = (generator.choice(values[key]) for key in ("outlets", "genres", "subjects"))
    n_actors = generator.randint(max(3, words // 80), min(MOST_ACTORS, 3 + words // 40))
    share, speech = generator.choice(values["neutral_shares"]), generator.choice(values["speech"])
    ground = generator.choices(values["grounds"], [one["weight"] for one in values["grounds"]])[0]["name"]
    return [
        outlet, genre, f"about {subject}", f"{words} words", f"{n_actors} actors",
        f"{share} % of sentences judge nobody", f"speech: {speech}", f"ground: {ground}",
        f"hard: {'; '.join(generator.sample(values['hard'], N_HARD))}",
    ]  # fmt: skip


def draw_briefs(part: str, n: int, *, english: bool = False, whole: bool = False) -> Sequence[str]:
    """Draw the briefs of one part.

    Parameters
    ----------
    part : str
        Letters that begin the ids; also the seed of the draw.
    n : int
        How many items.
    english : bool
        Whether they are to be written in English instead of Dutch.
    whole : bool
        Whether they are to be as long as whole articles, by ``lengths_of_articles``.

    Returns
    -------
    sequence of str
        One line an item. Of a pair, the second line says to turn the parts of the first round.

    Examples
    --------
    >>> first = draw_briefs("aa", 3)
    >>> len(first), first == draw_briefs("aa", 3), first[0].split(" | ")[:2]
    (3, True, ['aa001', 'Dutch'])
    """
    values = yaml.safe_load(FILE.read_text("utf-8"))
    generator = random.Random(f"running news {part}")
    language = "English" if english else "Dutch"
    lengths = values["lengths_of_articles" if whole else "lengths"]
    lines: list[str] = []
    while len(lines) < n:
        name, twin = (f"{part}{len(lines) + step:03d}" for step in (1, 2))
        fields = _draw(values, generator, lengths)
        lines.append(" | ".join([name, language, *fields]))
        if generator.random() < P_TWIN and len(lines) < n:
            turned = (
                f"{name} with its parts turned round: much the same words, but doer, judged and judge change places"
            )
            lines.append(" | ".join([twin, language, *fields[:5], turned]))
    return lines


def main() -> int:
    """Print the briefs of a part."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("part", help="letters that begin the ids, as aa")
    parser.add_argument("--n", type=int, default=240)
    parser.add_argument("--english", action="store_true")
    parser.add_argument("--whole", action="store_true", help="as long as whole articles")
    options = parser.parse_args()
    print("\n".join(draw_briefs(options.part, options.n, english=options.english, whole=options.whole)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
