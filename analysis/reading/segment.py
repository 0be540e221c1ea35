"""Where sentences begin and end.

Reads the text of one paragraph and its language; returns half-open spans of characters. Rules only, the same for every
reader: a full stop, question mark or exclamation mark ends a sentence unless the words around it say otherwise. Those
words stand in ``data/languages/<language>/reading.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.contracts.words import list_languages, load_both, load_words

OPENING = "‘“„‚«‹\"'”’»([{"
"""Marks a sentence may begin with. Dutch writes quotes in every direction, so most marks can open and close."""
_REPORTING = "(?:" + "|".join(re.escape(verb) for verb in sorted(load_both("reading", "attribution_verbs"))) + ")"
_ATTRIBUTION = re.compile(
    rf"(?:(?:[A-Z][\w.’'-]*|al|van|de|den|der|bin|ibn)\s+){{1,5}}{_REPORTING}\b|(?:He|She|They|I|We)\s+{_REPORTING}\b"
)
_NO_END = frozenset(("Yahoo", "Jeopardy", "Wham", "Joomla"))
_NAMES_TOO = load_both("reading", "abbreviations_that_are_names")
_FINAL_BEFORE_NUMBER = tuple(sorted(load_both("reading", "final_before_number")))
_PARTICLES = load_both("reading", "capitalised_particles")
_CANDIDATE = re.compile(
    r"(?P<mark>[.!?…]+|[。！？؟۔।])(?P<close>[’”\"'»)\]}›“]*(?:\[\d{1,3}\])*(?:[ ](?:[’”“»›]|[\"'])(?=[\s.,;:!?]|\Z))?)"
    r"(?P<gap>\s+|(?<=[。！？])(?=\S)|\Z)"
    r"|(?<=\w\w)(?P<glued>[.!?]+[’”\"']?)(?=(?:[‘“„«][^\W\d_])|[A-ZÀ-Þ][^\W\d_]*[\s,])"
)
_RUN = re.compile(r"[^\s(\[{‘“„«\"”»/]+\Z")
_WORD = re.compile(r"[’'‘]?[^\W_]+(?:[-’'][^\W_]+)*")
_APOSTROPHE_WORD = re.compile(r"[’'‘`][stnkm](?=[\s-])\s?[-]?", re.IGNORECASE)
_INITIALS = re.compile(r"(?:(?:[A-ZÀ-Þ]|Th|Ch|Ph|Chr|IJ)\.-?)*(?:[A-ZÀ-Þ]|Th|Ch|Ph|Chr|IJ)\Z")
_DOTTED = re.compile(r"[^\W\d_]{1,4}(?:\.[^\W\d_]{1,4})+\Z")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4}|[IVX]{1,4})\Z")
_LOOK_BACK = 60


@dataclass(frozen=True)
class _Words:
    """What the rules know of one language."""

    never_final: frozenset[str]
    before_number: frozenset[str]
    maybe_final: frozenset[str]
    final_before_capital: frozenset[str]
    starters: frozenset[str]


_LISTS = ("never_final", "before_number", "maybe_final", "final_before_capital", "sentence_starters")
_LANGUAGES = {
    language: _Words(*(load_words("reading", name, language) for name in _LISTS)) for language in list_languages()
}
_OTHER = _Words(*(load_both("reading", name) for name in _LISTS))


def split_sentences(text: str, language: str = "nl") -> list[tuple[int, int]]:
    """Split one paragraph into sentences.

    Parameters
    ----------
    text : str
        A paragraph: a headline or caption without a full stop is a sentence too.
    language : str
        ``nl`` or ``en``; any other code uses what both know.

    Returns
    -------
    list of (int, int)
        Half-open spans in order, trimmed of white space. Every character that is not white space lies in exactly one.

    Notes
    -----
    Sentences within a quotation are sentences of their own, and a closing mark stays with the sentence it closes:
    ``‘Nee. Nooit’, zei hij.`` is two. What goes on in lower case goes on: ``‘Wat nu?’ vroeg hij.`` is one.
    Quotation marks are never paired, so a mark that is missing spoils nothing.

    Examples
    --------
    >>> text = "Dat zei J.P. Balkenende (CDA, red.) gisteren. ‘Wat nu?’ vroeg hij."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Dat zei J.P. Balkenende (CDA, red.) gisteren.', '‘Wat nu?’ vroeg hij.']
    """
    words = _LANGUAGES.get(language, _OTHER)
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for match in _CANDIDATE.finditer(text):
        if match["glued"] is not None:
            end = match.end()
            if not _splits_glued(text, match, words):
                continue
        else:
            end = match.end("close")
            if match["gap"] and not _is_boundary(text, start, match, words):
                continue
        _add(spans, text, start, end)
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append a span; one without a letter or digit joins its neighbour."""
    piece = text[start:end]
    if not piece.strip():
        return
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if spans and not (_WORD.search(text, start, end) and _WORD.search(text, *spans[-1])):
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))


def _splits_glued(text: str, match: re.Match[str], words: _Words) -> bool:
    """A full stop without a space after it ends a sentence only where a new one clearly begins."""
    if text[match.end()] in "‘“„«":
        return True
    run = _RUN.search(text, max(0, match.start() - _LOOK_BACK), match.start())
    following = _WORD.match(text, match.end())
    return bool(
        run
        and following
        and run.group().isalpha()
        and following.group().lower() in words.starters
        and len(following.group()) > 1
    )


def _is_boundary(text: str, start: int, match: re.Match[str], words: _Words) -> bool:  # noqa: PLR0911
    following = match.end()
    first = _first_letter(text, following)
    if first.islower() and not _begins_item(text, following):
        return False
    mark, close = match["mark"], match["close"].replace(" ", "")
    if close[:1] and close[0] in ")]}":
        return _ends_in_brackets(text, start, match, words)
    if mark == ".":
        return bool(close) or not _is_abbreviation(text, start, match.start(), following, words)
    if mark[0] in "!?":
        before = _RUN.search(text, max(start, match.start() - _LOOK_BACK), match.start())
        if before and before.group() in _NO_END and not close:
            return False
        return not (close and _ATTRIBUTION.match(text, following))
    if mark[0] in ".…" and match.start() > start and text[match.start() - 1].isspace():
        return _begins_with_starter(text, following, words)  # `Nou ... Trump is weg`: a pause
    return True


def _first_letter(text: str, position: int) -> str:
    """The first letter, digit or other telling character after opening marks and dashes."""
    apostrophe = _APOSTROPHE_WORD.match(text, position)
    if apostrophe:
        position = apostrophe.end()  # `’s Avonds`: the next word has the capital
    while position < len(text) and (text[position] in OPENING or text[position] in "–—-•*¿¡ \n\t_"):
        position += 1
    return text[position : position + 1]


def _begins_item(text: str, position: int) -> bool:
    """Names such as iPhone, and bullets, begin a sentence in lower case."""
    return text[position : position + 1] in "•*" or bool(re.compile(r"[a-z][A-Z]").match(text, position))


def _begins_with_starter(text: str, position: int, words: _Words) -> bool:
    while position < len(text) and text[position] in OPENING and not _APOSTROPHE_WORD.match(text, position):
        position += 1
    following = _WORD.match(text, position)
    return bool(following) and following is not None and following.group().lower() in words.starters


def _ends_in_brackets(text: str, start: int, match: re.Match[str], words: _Words) -> bool:
    """`(Trump, red.) Iran` goes on; a sentence that stands in brackets as a whole ends with them."""
    opened = max(text.rfind(mark, start, match.start()) for mark in "([{")
    if opened < 0:
        return True
    if opened == start:
        return True
    inside = text[opened + 1 : match.start()]
    if match["mark"] != "." or len(inside.split()) < 4:
        return False
    return not _is_abbreviation(text, opened + 1, match.start(), match.end(), words)


def _is_abbreviation(text: str, start: int, stop: int, following: int, words: _Words) -> bool:  # noqa: PLR0911
    """Whether the full stop at `stop` belongs to the word before it and does not end the sentence.

    One return per kind of word, specific before general.
    """
    run = _RUN.search(text, max(start, stop - _LOOK_BACK), stop)
    if run is None:
        return False
    word = run.group().strip("’'‘,;:")
    lower = word.lower()
    next_character = _first_letter(text, following)
    if run.start() == start and _LIST_NUMBER.match(word):
        return True  # `2. De opmars`: the number stays with its item
    if next_character.isdigit() and (lower in words.before_number or lower in words.never_final):
        return True
    if next_character.isdigit() and lower in words.maybe_final:
        return not lower.startswith(_FINAL_BEFORE_NUMBER)
    if lower == "no":
        return False
    if lower in words.final_before_capital:
        return False
    if lower in words.maybe_final and not (len(word) == 1 and word.isupper()):
        is_name = word[:1].isupper() and lower in _NAMES_TOO
        return not is_name and not _begins_with_starter(text, following, words)
    if lower in words.never_final:
        return True
    if _INITIALS.match(word):
        return not _ends_after_initial(text, start, run.start(), word, following, words)
    if _DOTTED.match(word):
        return not _begins_with_starter(text, following, words)
    return False


def _ends_after_initial(text: str, start: int, begin: int, word: str, following: int, words: _Words) -> bool:
    """`George W. Bush` goes on; `vitamine C. Dat` ends, and so does `in the U.S.A. The`."""
    if not _begins_with_starter(text, following, words):
        return False
    before = _WORD.search(text[max(start, begin - _LOOK_BACK) : begin].rpartition(" ")[0].rpartition(" ")[2])
    after_name = before is not None and before.group()[:1].isupper()
    next_word = _WORD.match(text, following)
    is_particle = next_word is not None and next_word.group() in _PARTICLES
    if word in ("I", "V", "X"):
        return True  # `Willem I. De koning`
    return not (after_name and is_particle) and not (begin == start and is_particle)
