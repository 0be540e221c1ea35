"""Briefs for those who write running news: what each item is to be is drawn here, not chosen by the writer.

Writers left to themselves repeat a few kinds of story. `draw_briefs` draws outlet, genre, subject, length, number of actors,
share of sentences that judge nobody, speech, ground, and what makes an item hard, each independently, from a named seed.
A third of the items come in pairs that tell one kind of event with the parts turned round, so that words alone cannot tell
who is judged. ``python -m analysis.training.briefs aa --n 120`` prints a part's briefs.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence

OUTLETS = (
    "national quality daily", "popular daily", "regional daily", "free local weekly", "public broadcaster's site", "press agency",
    "business daily", "trade journal (health, farming, building or transport)", "opinion weekly", "Flemish daily", "student paper",
    "investigative site", "church or denominational weekly", "sports daily", "city blog", "union or members' magazine",
)  # fmt: skip
GENRES = (
    "hard news", "hard news", "short wire item", "feature", "opinion column", "editorial", "interview in questions and answers",
    "interview in running text", "court report", "match report", "council or parliament report", "live blog with times", "profile",
    "obituary", "analysis", "long read, an excerpt", "consumer item", "explainer", "news in brief of three unrelated items",
    "letter to the editor", "review (book, film, restaurant, exhibition)", "company results", "eyewitness report", "satire",
)  # fmt: skip
SUBJECTS = (
    "a hospital merger", "a flooded polder", "a wage strike in the port", "asylum centre plans", "nitrogen rules for farmers",
    "a bribery trial", "a coup abroad", "peace talks", "a ferry accident", "a data leak at an agency", "a cycling classic",
    "a women's football match", "a school closing", "a wolf among sheep", "a new tram line", "rent rises of a housing corporation",
    "a bank's money-laundering fine", "a mayor's resignation", "an election night", "a coalition crisis", "a trade dispute between states",
    "a drone attack", "a hostage release", "a museum's looted art", "a professor accused of plagiarism", "a vaccine campaign",
    "a nursing home inspection", "a chess tournament", "a heat wave and the power grid", "a factory's discharge into a river",
    "a border incident", "a church abuse report", "a chain store's bankruptcy", "a start-up's rise", "a police shooting under review",
    "a missing child found", "a neighbours' quarrel at the council", "a festival's ticket chaos", "an airport's noise limits",
    "a parliamentary inquiry hearing", "a ceasefire broken", "an embassy protest", "sanctions on a company", "a budget leak",
    "a skating championship", "a transfer quarrel at a club", "a doping case", "a child-benefit scandal", "a mosque's open day",
    "a farmer's protest with tractors", "a wind park off the coast", "a court order on climate", "a whistleblower at a ministry",
    "a translation prize", "a theatre director's dismissal", "a television presenter's conduct", "a supermarket price war",
    "a railway breakdown", "a rescue at sea", "a forest fire", "an earthquake abroad and the aid", "a spy trial", "a press freedom case",
    "a mayor against squatters", "a veterans' commemoration", "a rapper's lyrics", "a university occupation", "a pension fund's losses",
    "a cyber attack on a municipality", "a dyke warden's warning", "a bird-flu cull", "a slaughterhouse inspection", "a lottery winner's gift",
    "a village shop run by volunteers", "a choir's jubilee", "a local party splitting", "an alderman's holiday", "a bridge built too low",
    "a referendum", "a summit of heads of government", "a minister's apology", "an opposition leader in prison", "a militia's attack",
    "a tribunal verdict", "a water shortage", "a food bank", "a taxi app's drivers", "a building firm's asbestos", "a pharma price deal",
    "a swimming pool closing", "a hockey final", "a marathon", "an expert report on crime", "a fraud with fake invoices",
    "a nurse who saved a patient", "a bus driver threatened", "a landlord and students", "a zoo's escaped animal", "a satellite launch",
    "an AI supplier to schools", "a historian's biography", "a street renamed", "a mosque attack trial", "a language law abroad",
)  # fmt: skip
SPEECH = (
    "none", "one short quotation", "one short quotation", "two speakers who disagree", "turn by turn, speakers named once and then only by turn",
    "reported only, without quotation marks (dat-clauses, volgens, zou)", "free indirect speech", "a speaker within another's speech",
    "an unnamed source or critics in general", "attitudes without speech (is furious at, supports, distances itself from)",
)  # fmt: skip
GROUNDS = (
    ("deeds only: no judging word at all", 30), ("events: winning, losing, failing, recovering", 15), ("implied by how the facts are put together", 15),
    ("blame: suspicion, charges, calls to resign", 12), ("judging words", 16), ("mixed", 12),
)  # fmt: skip
HARD = (
    "chains of pronouns over three sentences or more", "actors called by changing descriptions (de oud-wethouder, de Zeeuwse, het concern)",
    "metonyms (a capital, a building, a colour for its body)", "denials and hypotheticals", "irony", "idioms that turn the sign",
    "the one who praises or accuses stands beside the one judged, in one sentence", "titles and functions before and after names",
    "negative topic, nobody to blame", "positive topic, nobody to praise", "misfortune of an actor who did nothing wrong",
    "a victim and a culprit with like names", "passives and nominalisations that hide who acts", "opposite judgements of one actor by two sources",
    "a group and its head judged differently", "a quotation that goes on over two sentences with the speaker named between",
    "the judged actor is named only in an earlier sentence", "long sentences with subordinate clauses", "clipped headlines and telegram style",
    "collective actors (residents, fans, farmers)", "foreign names", "figures and results that speak for themselves", "praise that damns", "nothing special",
)  # fmt: skip
LENGTHS = ((80, 130), (130, 220), (220, 350), (350, 500), (500, 700))
LENGTH_WEIGHTS = (28, 34, 22, 11, 5)
NEUTRAL_SHARES = (60, 70, 75, 80, 85, 90, 95)
SHARE_IN_PAIRS = 1 / 3
PAIR = 2


def _draw(generator: random.Random) -> list[str]:
    low, high = generator.choices(LENGTHS, LENGTH_WEIGHTS)[0]
    words = generator.randrange(low, high, 10)
    fewest, most = max(3, words // 80), min(14, 3 + words // 40)
    return [
        generator.choice(OUTLETS),
        generator.choice(GENRES),
        f"about {generator.choice(SUBJECTS)}",
        f"{words} words",
        f"{generator.randint(fewest, most)} actors",
        f"{generator.choice(NEUTRAL_SHARES)} % of sentences judge nobody",
        f"speech: {generator.choice(SPEECH)}",
        f"ground: {generator.choices([name for name, _ in GROUNDS], [weight for _, weight in GROUNDS])[0]}",
        f"hard: {'; '.join(generator.sample(HARD, 2))}",
    ]


def draw_briefs(part: str, n: int, *, english: bool = False) -> Sequence[str]:
    """Draw the briefs of one part.

    Parameters
    ----------
    part : str
        Letters that begin the ids; also the seed of the draw.
    n : int
        How many items.
    english : bool
        Whether they are to be written in English instead of Dutch.

    Returns
    -------
    sequence of str
        One line an item. Of a pair, the second line says to turn the parts of the first round.

    Examples
    --------
    >>> first = draw_briefs("aa", 3)
    >>> len(first), first == draw_briefs("aa", 3), first[0].split(" | ")[0]
    (3, True, 'aa001')
    """
    generator = random.Random(f"running news {part}")
    language = "English" if english else "Dutch"
    lines: list[str] = []
    while len(lines) < n:
        number = len(lines) + 1
        fields = _draw(generator)
        lines.append(" | ".join([f"{part}{number:03d}", language, *fields]))
        if generator.random() < SHARE_IN_PAIRS / PAIR / (1 - SHARE_IN_PAIRS / PAIR) and len(lines) < n:
            twin = f"{part}{number + 1:03d}"
            turned = f"the parts of {part}{number:03d} turned round: same kind of event and much the same words, but who does it, who is judged, and who judges change places"
            lines.append(" | ".join([twin, language, *fields[:2], fields[2], *fields[3:5], turned]))
    return lines


def main() -> int:
    """Print the briefs of a part."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("part", help="letters that begin the ids, as aa")
    parser.add_argument("--n", type=int, default=120)
    parser.add_argument("--english", action="store_true")
    options = parser.parse_args()
    print("\n".join(draw_briefs(options.part, options.n, english=options.english)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
