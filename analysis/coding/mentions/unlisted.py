"""Named actors that no codebook lists, found by their capitals.

Reads the words of an article and the spans already taken; returns names of people and organisations as
spans with an ``unlisted:<name>`` actor. Within an article a last name belongs to the fullest name that ends
in it. Capitals that open a sentence count only with further evidence. It knows no places but by the
preposition before them (``in Parijs`` is left out, ``Parijs ontkent`` is not).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from analysis.coding.language.reporting import load_reporting
from analysis.coding.language.tokens import (
    DETERMINERS,
    PARTICLES,
    PLACE_PREPOSITIONS,
    TITLES,
    Word,
    are_adjacent,
    function_words,
    is_capitalised,
    is_never_actor,
)
from analysis.coding.mentions.affiliations import end_of_name
from analysis.coding.mentions.credits import CREDIT_WORDS
from analysis.coding.mentions.names import (
    FIRST_PARTICLES,
    ORGANISATIONS,
    is_affiliation,
    is_family_name,
    is_street,
)
from analysis.coding.mentions.naming import Run, find_people, is_first_name, name_runs
from analysis.coding.mentions.scene import Found, Scene
from analysis.contracts.words import load_both, load_by_language

_ADJECTIVE = {
    "nl": re.compile(r"(?:aans|iaans|isch|eens|ands|els|iers|ees|ks|uits|ans)e?\Z|(?:aan|ees|sch)se\Z|[^aeiou]se\Z"),
    "en": re.compile(r"(?:ish|ese|ian|ean|can|nch|tch|aqi|eli|ani|emi)\Z"),
}
_MARKS = frozenset("‘’“”\"'")
_INSIDE = load_by_language("text", "inside_prepositions")
"""Prepositions that people and organisations seldom follow."""
_LOOSE = load_both("text", "loose_place_prepositions")
"""Prepositions after which a name that only its capitals show is taken for a place as well."""
_COORDINATORS = load_both("text", "coordinators")
_LINKS = load_both("organisations", "name_links")
"""Words that join the parts of an organisation's name (``Bank of the West``)."""
_LINK_ARTICLES = load_both("organisations", "link_articles")
_MINISTRIES = load_both("organisations", "ministries")
_BELONGING = load_both("names", "belonging")
"""Prepositions between a title or ministry and what it is of."""
_OPENING = "‘“\"'(:„«[•*–—"


def find_unlisted(scene: Scene, taken: Sequence[Found]) -> list[Found]:
    """Names that `taken` does not cover.

    Parameters
    ----------
    scene : Scene
        The article.
    taken : sequence of Found
        Mentions of the codebook's actors.

    Returns
    -------
    list of Found
        In text order, without overlap with `taken`.
    """
    text, words, language, sentences = scene.text, scene.words, scene.language, scene.bounds
    covered = {k for match in taken for k in range(match.first, match.last + 1)} | scene.ignored
    named = find_people(taken, scene.people)
    lowered = {word.text for word in words if word.text.islower()}
    runs: list[Run] = []
    for number, (opening, stop) in enumerate(sentences):
        start = next((k for k in range(opening, stop) if k not in scene.ignored), stop)  # after a dateline
        runs += _find_runs(text, words, start, stop, number, covered, scene.places, lowered, language)
    sure = [run for run in runs if not run.is_loose]
    evidence = {words[k].text for run in sure for k in range(run.first, run.last + 1)}
    finite = load_reporting(language).finite
    places_only = _find_places(words, runs, finite)
    kept = []
    for run in runs:
        if (
            run.is_place
            or is_first_name(text, words, run.last, named)
            or _write(words, run) in places_only
            or _write(words, run) in scene.countries
            or (run.is_loose and not _is_borne_out(words, run, evidence, finite, sentences[run.sentence][1]))
        ):
            continue
        kept.append(run)
    return name_runs(scene, kept, covered, rule="unlisted", taken=taken)


def _write(words: Sequence[Word], run: Run) -> str:
    return " ".join(words[k].text for k in range(run.first, run.last + 1))


def _find_places(words: Sequence[Word], runs: Sequence[Run], finite: frozenset[str]) -> set[str]:
    """Names that stand inside a place at least as often as elsewhere, and nowhere speak (``Parijs ontkent``)."""
    inside: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    for run in runs:
        name = _write(words, run)
        if run.is_inside:
            inside[name] += 1
        elif not run.is_place:
            speaks = run.last + 1 < len(words) and words[run.last + 1].text in finite
            elsewhere[name] += 1_000_000 if speaks else 1
    return {name for name, count in inside.items() if count >= elsewhere[name]}


def _find_runs(
    text: str, words: Sequence[Word], start: int, stop: int, number: int, covered: set[int], places: frozenset[str],
    lowered: set[str], language: str,
) -> list[Run]:  # fmt: skip
    long_words = [word.text for word in words[start:stop] if len(word.text) > 3]
    stops = function_words(language)
    is_title_case = len(long_words) > 4 and all(word[0].isupper() or word in stops for word in long_words)

    def is_name(k: int) -> bool:
        word = words[k].text
        if k in covered or not is_capitalised(word) or is_never_actor(word) or word in places:
            return False
        if word.replace("’", "'").lower() in stops and not (word.isupper() and len(word) > 1):
            return False
        if word == "Jan" and any(words[n].text[0].isdigit() for n in (k - 1, k + 1) if start <= n < stop):
            return False  # the month
        if len(word) == 1:
            return k + 1 < stop and are_adjacent(text, words[k], words[k + 1]) and words[k + 1].text[0].isupper()
        head, hyphen, tail = word.rpartition("-")
        return not (
            hyphen and tail.islower() and head and tail not in TITLES[language] and head[:2] not in ("al", "el")
        )

    runs: list[Run] = []
    i = start
    while i < stop:
        first = i
        if words[i].text in FIRST_PARTICLES and i not in covered:
            k = i + 1
            while k < stop - 1 and words[k].text in PARTICLES:
                k += 1
            if (
                k < stop
                and is_name(k)
                and all(are_adjacent(text, words[n], words[n + 1]) for n in range(i, k))
                and ((i > start and not _opens(text, words[i])) or is_family_name(text, words, i, k, stop, language))
            ):
                i = k
        if not is_name(i):
            i = max(i, first) + 1
            continue
        last = _extend(text, words, first, i, stop, is_name, language)
        i = last + 1
        run = _judge(text, words, first, last, start, stop, is_title_case, lowered, number, language, runs)
        if run is not None:
            runs.append(run)
    return runs


def _extend(
    text: str, words: Sequence[Word], first: int, i: int, stop: int, is_name: Callable[[int], bool], language: str
) -> int:
    last = i
    while last + 1 < stop:
        k = last + 1
        if not are_adjacent(text, words[last], words[k]):
            if text[words[last].end : words[k].start] == " & " and is_name(k):
                last = k
                continue
            break
        if is_name(k):
            last = k
            continue
        word = words[k].text
        if word in FIRST_PARTICLES and k + 1 < stop and is_name(k + 1) and are_adjacent(text, words[k], words[k + 1]):
            last = k + 1  # Herman Van Loon, as Belgium writes it
            continue
        if word not in PARTICLES and word not in _LINKS:
            break
        is_single = words[last].text.lower() not in TITLES[language] and all(
            words[n].text.lower() in TITLES[language] for n in range(first, last)
        )
        is_organisation = words[last].text.lower() in ORGANISATIONS
        n = k + 1
        while n < stop and words[n].text in PARTICLES | _LINK_ARTICLES and are_adjacent(text, words[n - 1], words[n]):
            n += 1
        if n >= stop or not is_name(n) or not are_adjacent(text, words[n - 1], words[n]):
            break
        if word in _LINKS and not is_organisation:
            break
        if word == "van" and not (is_organisation or is_single):
            break
        if word == "van" and not is_organisation:
            name = next((m for m in range(first, last) if words[m].text.lower() not in TITLES[language]), last)
            end = end_of_name(text, words, name, n, is_titled=name > first, language=language)
            if end < n or is_affiliation(text, words, n, last):
                break
        last = n
    return last


def _opens(text: str, word: Word) -> bool:
    before = text[max(0, word.start - 2) : word.start].rstrip(" ")
    return word.start == 0 or before[-1:] in _OPENING or before.endswith("\n")


def _judge(  # noqa: PLR0911, PLR0912  # one branch per reason to trim or drop
    text: str, words: Sequence[Word], first: int, last: int, start: int, stop: int, is_title_case: bool,
    lowered: set[str], number: int, language: str, runs: Sequence[Run],
) -> Run | None:  # fmt: skip
    """Trim a run of capitals to what may be a name, or drop it."""
    is_initial = (
        first == start or _opens(text, words[first]) or (first == start + 1 and words[start].text in ("s", "t"))
    )
    while (
        first < last
        and is_initial
        and words[first].text.lower() in lowered
        and words[first].text not in FIRST_PARTICLES
    ):
        first, is_initial = first + 1, False
    follows = words[last + 1].text if last + 1 < stop and are_adjacent(text, words[last], words[last + 1]) else ""
    is_followed_by_noun = bool(follows) and follows.islower() and follows not in function_words(language)
    is_adjective = first == last and is_followed_by_noun and _ADJECTIVE[language].search(words[first].text)
    if is_adjective and follows not in load_reporting(language).finite:
        return None
    titles = [k for k in range(first, last) if words[k].text.lower().rpartition("-")[2] in TITLES[language]]
    if titles:
        first = titles[-1] + 1
        is_initial = False
    if first == last and words[first].text.lower().rpartition("-")[2] in TITLES[language]:
        return None  # a title without a name
    if (
        last > first
        and text[words[first].start - 1 : words[first].start] in _MARKS
        and text[words[last].end : words[last].end + 1] in _MARKS
    ):
        return None  # a title between quotation marks
    before = words[first - 1].text.lower() if first > start else ""
    gap = text[words[first - 1].end : words[first].start] if first > start else ""
    if before in CREDIT_WORDS and len(gap) <= 2:
        return None
    if before in _BELONGING and first - 2 >= start and gap == " ":
        head = words[first - 2].text.lower()
        if head in _MINISTRIES:
            first -= 2
        elif head in TITLES[language]:
            return None
    follower = words[last + 1].text if last + 1 < stop else ""
    is_article_before = before in DETERMINERS and gap == " "
    if first == last and is_article_before:
        noun = words[first].text.lower()
        if noun in lowered or (first - 1 == start and noun in ORGANISATIONS and language == "en"):
            return None  # The Court
    if is_street(words, first, last) and follower not in load_reporting(language).finite:
        return None
    is_acronym = last == first and words[first].text.isupper() and len(words[first].text) > 1
    is_loose = (is_initial and first == last and not is_acronym) or is_title_case
    k = first - 1
    if k >= start and words[k].text.lower() in DETERMINERS and gap == " ":
        k -= 1
    is_place = is_inside = False
    if k >= start and are_adjacent(text, words[k], words[k + 1]):
        preposition = words[k].text.lower()
        is_place = preposition in PLACE_PREPOSITIONS[language] or preposition in _LOOSE
        is_inside = preposition in _INSIDE[language]
        if preposition == "to" and k > start and words[k - 1].text.lower() == "according":
            is_place = False
        if preposition == "bij" and last > first:
            is_place = False
        if preposition in _COORDINATORS and runs and runs[-1].is_place and runs[-1].last == k - 1:
            is_place = True
    return Run(first, last, is_loose, is_place, number, is_inside)


def _is_borne_out(words: Sequence[Word], run: Run, evidence: set[str], finite: frozenset[str], stop: int) -> bool:
    if all(words[k].text in evidence or words[k].text in PARTICLES for k in range(run.first, run.last + 1)):
        return True
    if run.first < run.last or run.last + 1 >= stop:
        return False
    follows = words[run.last + 1].text  # a plural verb or noun speaks for a common noun (Bakkers klagen)
    return follows in finite and not follows.endswith("en") and not words[run.first].text.endswith("s")
