"""Names that are no actors: where a report was written, and who made its pictures.

Reads the text of an article; returns the words of datelines (``DEN HAAG -``, ``AMSTERDAM (ANP) –``) and of credits
(``Foto: ANP / Bart Maat``). An agency that does something in a sentence (``Reuters meldt``) is an actor and stays.
It cannot tell a dateline without agency from a name in capitals that heads a paragraph (``TIMMERMANS - Hij zegt``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.coding.language.tokens import Word
from analysis.contracts.words import load_both

_AGENCY = (
    r"(?:(?:ANP|AFP|AP|EPA|DPA|PA|UPI|HH)(?:[ -](?:Photo|Foto|PHOTO|FOTO))?|Reuters|REUTERS|Belga|BELGA|Novum|Bloomberg"
    r"|Getty(?: Images)?|Hollandse Hoogte|Shutterstock|Associated Press|Agence France-Presse|Xinhua|TASS)"
)
_CAPITALS = r"(?:['’]S-)?[A-ZÀ-Þ]{2}[A-ZÀ-Þ'’.-]{0,40}"
_CAPITALISED = r"(?:['’][sS][ -])?[A-ZÀ-Þ][\w'’.-]{0,40}"
_DATE = r"(?:\d{1,2} [a-z]{3,9}\.?|[A-Z][a-z]{2,8}\.? \d{1,2})"
_NAME = rf"(?:{_CAPITALISED}|van|de|der|den|ten|ter|von|al|el)\b\.?"
_BETWEEN = r"(?:[ \t]*[/|,©][ \t]*|[ \t]+[–-][ \t]+|[ \t]+(?:(?:via|voor|for|en|and)[ \t]+)?)"
_MAKERS = rf"{_NAME}(?:{_BETWEEN}{_NAME}){{0,9}}"
_PICTURE = (
    r"(?:^|(?<=[(\[|])|(?<=[(\[|.!?’”\"»] ))[ \t]*(?:[Ff]oto(?:grafie|graaf|[’']?s)?|FOTO|[Bb]eeld|BEELD"
    r"|[Ii]llustrati(?:e|on)|[Tt]ekst(?: en foto[’']?s)?|[Pp]hoto(?:graph)?s?|PHOTO|[Ii]mage|[Cc]redit)"
)
_END = r"(?=[ \t]*(?:$|[)\].,;|]))"
_DATELINES = (
    re.compile(
        rf"^[ \t]*(?P<place>{_CAPITALS}(?:[ /,]+{_CAPITALS}){{0,4}})(?:,? {_DATE})?(?: ?\([^()\n]{{2,40}}\))?"
        rf"[ \t]*[-–—]{{1,2}}[ \t]+(?=[‘’“”\"'„]?[A-ZÀ-Þ])",
        re.MULTILINE,
    ),
    re.compile(
        rf"^[ \t]*(?P<place>{_CAPITALISED}(?:[ /]{_CAPITALISED}){{0,3}})(?:, {_CAPITALISED})?(?:,? {_DATE})?"
        rf" ?\({_AGENCY}[^()\n]{{0,30}}\)[ \t]*(?:[-–—]|(?=[‘’“”\"'„]?[A-ZÀ-Þ]))",
        re.MULTILINE,
    ),
    re.compile(
        rf"^[ \t]*(?P<place>{_CAPITALISED}(?:[ /]{_CAPITALISED}){{0,3}}),? {_DATE}[ \t]*[-–—]{{1,2}}[ \t]", re.MULTILINE
    ),
)
_CREDITS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"{_PICTURE}(?:\s?[:©|]\s*|[ \t]+(?:door|by|credit:?)[ \t]+|[ \t]+(?={_AGENCY})){_MAKERS}{_END}",
        rf"{_PICTURE}[ \t]+{_MAKERS}[ \t]*(?=$|[)\]])",
        rf"©[ \t]*(?:\d{{4}}[ \t]+)?{_MAKERS}",
        rf"(?<![\w’.-]){_MAKERS}[ \t]?/[ \t]?{_AGENCY}{_END}",
        rf"(?<![\w’.-]){_AGENCY}[ \t]?/[ \t]?{_MAKERS}{_END}",
        rf"(?:^|(?<=[.!?’”\"'»]))[ \t]*\({_AGENCY}(?:[/, ]+{_MAKERS})?\)",
        rf"^[ \t]*{_AGENCY}(?:[ \t]*[/|,][ \t]*{_MAKERS})?[ \t]*$",
    )
)
CREDIT_WORDS = load_both("text", "credit_words") | {"©"}
"""Words right before the name of who made a picture or a text."""


def find_credits(text: str, words: Sequence[Word]) -> frozenset[int]:
    """Indices of the words of datelines and credits.

    Parameters
    ----------
    text : str
        The article.
    words : sequence of Word
        All its words.

    Returns
    -------
    frozenset of int

    Examples
    --------
    >>> from analysis.coding.language.tokens import split_words
    >>> text = "DEN HAAG (ANP) – Minister Poot treedt af. Foto: ANP / Kees Bos"
    >>> words = split_words(text)
    >>> [words[k].text for k in sorted(find_credits(text, words))]
    ['DEN', 'HAAG', 'ANP', 'Foto', 'ANP', 'Kees', 'Bos']
    """
    spans = [match.span() for pattern in _CREDITS for match in pattern.finditer(text)]
    for pattern in _DATELINES:
        for match in pattern.finditer(text):
            place = re.compile(rf"\b{re.escape(match['place'])}\b")
            is_named_again = place.search(text, match.end()) is not None
            if not is_named_again or "(" in match.group() or any(sign.isdigit() for sign in match.group()):
                spans.append(match.span())
    return frozenset(k for k, word in enumerate(words) if any(start <= word.start < end for start, end in spans))
