"""Names of persons and streets: their particles, the title before them, and where they end.

Reads the words of an article. In Dutch ``van`` may be part of a name (``Anna van Dordrecht``) or follow it (``Anna de
Vries van Dordrecht``): what stands before it, and what the article calls this person elsewhere, decide. It cannot tell
an unknown first name from a last name where neither is named again (``minister Jansen van Galen``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.coding.language.gender import gender_of_name
from analysis.coding.language.tokens import DETERMINERS, PARTICLES, TITLES, is_capitalised
from analysis.contracts.words import load_both

if TYPE_CHECKING:
    from analysis.coding.mentions.article import Article

ORGANISATIONS = load_both("organisations", "organisation_nouns")
SURNAME_PARTICLES = load_both("names", "surname_particles")
"""Particles that begin a surname wherever they stand; ``Al`` and ``Ben`` are first names as well."""
FIRST_PARTICLES = load_both("names", "opening_particles")
_LASTING_PARTICLES = load_both("names", "lasting_particles")
"""Those that keep their small letter where the surname stands alone (``bin Laden``)."""
_STREET_ENDINGS = tuple(sorted(load_both("names", "street_endings")))
_STREET_WORDS = load_both("names", "street_words")
_PORTFOLIOS = load_both("titles", "portfolios")
"""What ministers are of; after a last name alone it shows that this is no first name."""
_OF = load_both("titles", "portfolio_prepositions")
_AND = load_both("titles", "portfolio_conjunctions")
_TITLE_LENGTH = 6


def find_last_names(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """How a person of this name is called by last name.

    Examples
    --------
    >>> find_last_names(("Hanneke", "van", "der", "Berg"))
    [('Van', 'der', 'Berg')]
    >>> find_last_names(("Adil", "Abdul", "Mahdi"))
    [('Abdul', 'Mahdi'), ('Mahdi',)]
    >>> find_last_names(("Van", "Loon"))
    []
    """
    if len(words) < 2 or words[0].lower() in SURNAME_PARTICLES:
        return []
    first = next((i for i, word in enumerate(words) if i and word.lower() in PARTICLES), None)
    if first is not None and first < len(words) - 1:
        tail = words[first:]
        capital = (tail[0][0].upper() + tail[0][1:], *tail[1:])
        return [tail, capital] if tail[0] in _LASTING_PARTICLES else [capital]
    tails = [words[i:] for i in range(1, len(words))]
    last = words[-1]
    if last[:3].lower() in ("al-", "el-"):
        tails += [(last[0].upper() + last[1:],), (last[3:],)]
    return tails


def write_person(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The ways to write a person's name: its particle as in the Netherlands and as in Belgium, or alone.

    Examples
    --------
    >>> write_person(("Klaas", "van", "Loon"))
    [('Klaas', 'van', 'Loon'), ('Klaas', 'Van', 'Loon')]
    >>> write_person(("Van", "Loon"))
    [('Van', 'Loon'), ('van', 'Loon')]
    >>> write_person(("Poot",))
    [('Poot',)]
    """
    for n, word in enumerate(words[:-1]):
        if word.lower() in SURNAME_PARTICLES:
            other = (word[0].upper() if word[0].islower() else word[0].lower()) + word[1:]
            return [words, (*words[:n], other, *words[n + 1 :])]
    return [words]


def is_title(word: str, language: str) -> bool:
    """Whether a word is a title, or a compound that ends in one (``PvdA-Kamerlid``)."""
    lowered = word.lower().rstrip(".")
    titles = TITLES.get(language, frozenset())
    return lowered in titles or lowered.rpartition("-")[2] in titles


def take_title(article: Article, i: int, floor: int) -> int:
    """Index of the first word of the title before a name at `i`, or `i` where there is none.

    Notes
    -----
    ``premier``, ``minister van Landbouw``, ``PvdA-Kamerlid``, ``oud-president``, ``Prime Minister``.
    """
    words, code = article.words, article.language.code
    first = i
    while first > floor and is_title(article.before(first, floor), code):
        first -= 1
    k = i
    while first == i and i - k < _TITLE_LENGTH and k > floor and article.adjoins(k - 1):
        k -= 1
        if words[k].text in _OF:
            portfolio = [word.text for word in words[k + 1 : i]]
            is_office = portfolio and all(word[0].isupper() or word in _AND for word in portfolio)
            return k - 1 if is_office and k > floor and is_title(article.before(k, floor), code) else i
    return first


def end_of_name(article: Article, first: int, last: int, *, is_titled: bool) -> int:
    """Index of the last word of a person's name, without where or to whom they belong.

    Parameters
    ----------
    article : Article
        The article.
    first, last : int
        First and last word of what was found to be a person, without title.
    is_titled : bool
        Whether a title stands before it: a last name alone may follow one.

    Returns
    -------
    int
        `last` where nothing follows the name.
    """
    words = article.words
    ties, in_names = (article.language.words("names", name) for name in ("ties", "ties_in_names"))
    for k in range(first + 1, last):
        start = next((n for n in range(k + 1, last + 1) if words[n].text not in DETERMINERS), last)
        if words[k].text not in ties or not is_capitalised(words[start].text):
            continue
        if words[k].text not in in_names or _is_complete(article, first, k, last, is_titled=is_titled):
            return k - 1
    return last


def _is_complete(article: Article, first: int, tie: int, last: int, *, is_titled: bool) -> bool:
    """Whether the words before a preposition have a last name already."""
    before = [word.text for word in article.words[first:tie]]
    surname, is_particle = article.cut(tie, last), article.words[tie].text in SURNAME_PARTICLES
    if not is_capitalised(before[-1]) or (is_particle and surname[0].upper() + surname[1:] in article.text):
        return False  # Van Dordrecht zei
    if len(before) > 1 and (before[0] in FIRST_PARTICLES or any(word.lower() in PARTICLES for word in before[1:])):
        return True
    if "." in before[-1] or len(before[-1]) == 1 or gender_of_name(before[-1].partition("-")[0]) is not None:
        return False
    return len(before) > 1 or article.words[tie + 1].text in _PORTFOLIOS or (is_titled and not is_particle)


def is_street(words: list[str]) -> bool:
    """Whether a name is that of a street or square.

    Examples
    --------
    >>> is_street(["Kanaalstraat"]), is_street(["Park", "Avenue"]), is_street(["Straat"]), is_street(["Verweg"])
    (True, True, False, False)
    """
    last = words[-1]
    is_compound = last.endswith(_STREET_ENDINGS) and len(last) > 6 and not last.startswith("Ver")
    return is_compound or (len(words) > 1 and last in _STREET_WORDS)
