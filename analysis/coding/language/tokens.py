"""Words with their place in the text, and the small word lists that tell names from other capitals.

Reads plain text; returns words as (start, end, text). Coders use these words, not a parser's, so that
they give the same rows whatever stands behind ``reading=``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS as STOP_WORDS_EN
from spacy.lang.nl.stop_words import STOP_WORDS as STOP_WORDS_NL

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’\-‑&][^\W_]+)*")


def word_set(words: str) -> frozenset[str]:
    """A set of words written as one line of prose."""
    return frozenset(words.split())


class Word(NamedTuple):
    """One word: half-open characters in the article, and the word itself."""

    start: int
    end: int
    text: str


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Words of ``text[start:end]``; apostrophes, hyphens and abbreviations stay inside a word.

    Examples
    --------
    >>> [word.text for word in split_words("Asa’ib al-Haq in the U.S., zei hij.")]
    ['Asa’ib', 'al-Haq', 'in', 'the', 'U.S.', 'zei', 'hij']
    """
    stop = len(text) if end is None else end
    return [Word(match.start(), match.end(), match[0]) for match in _WORD.finditer(text, start, stop)]


def are_adjacent(text: str, left: Word, right: Word) -> bool:
    """Whether only white space, or the full stop of an initial or title, stands between two words."""
    gap = text[left.end : right.start]
    if gap in (" ", "\xa0", "\n"):
        return True
    if gap == ". ":
        return len(left.text) == 1 or left.text.lower() in _ABBREVIATED
    return gap.isspace() and gap.count("\n") < 2


def is_capitalised(word: str) -> bool:
    """Whether the word begins with a capital, or with a lower-case name particle (al-Khazali)."""
    return word[0].isupper() or (word[:3] in ("al-", "el-") and word[3:4].isupper())


_ABBREVIATED = word_set("dr prof mr ir ing drs ds mw dhr mrs ms st gen sen rep gov col lt")
PARTICLES = word_set("van de der den ten ter 't 'n het la le el al bin ibn von zu di da du dos das abu ben af av")

TITLES = {
    "nl": word_set(
        "president vicepresident vice-president oud-president ex-president premier vicepremier oud-premier "
        "minister oud-minister ex-minister minister-president staatssecretaris kanselier bondskanselier koning "
        "koningin prins prinses keizer paus bisschop aartsbisschop kardinaal imam ayatollah sjeik generaal "
        "kolonel kapitein majoor luitenant admiraal commandant burgemeester wethouder gouverneur senator "
        "eurocommissaris ambassadeur rechter advocaat hoogleraar professor prof dr mr ir ing drs mevrouw "
        "meneer heer dokter directeur topman topvrouw voorzitter partijleider fractievoorzitter fractieleider "
        "kamerlid tweede-kamerlid lijsttrekker woordvoerder woordvoerster gedeputeerde raadslid voorman "
        "voorvrouw leider oppositieleider econoom onderzoeker politicus presidentskandidaat boer boerin "
        "bondscoach trainer bestuurder bestuurster ceo cfo coo cto oprichter medeoprichter"
    ),
    "en": word_set(
        "president vice-president ex-president premier minister prime chancellor king queen prince princess "
        "pope bishop archbishop cardinal imam ayatollah sheikh general colonel captain major lieutenant "
        "admiral commander mayor governor senator congressman congresswoman secretary ambassador judge justice "
        "professor prof dr mr mrs ms miss sir lady lord sen rep gov gen chairman chairwoman chief spokesman "
        "spokeswoman sheriff director detective sergeant officer attorney representative speaker ceo cfo coo cto "
        "founder co-founder"
    ),
}
"""Words that stand before a person's name and belong to the mention."""

PLACE_PREPOSITIONS = {
    "nl": word_set("in uit naar te bij rond vanuit nabij richting buiten binnen boven langs omstreeks tot"),
    "en": word_set("in near from to at around outside inside into toward towards across throughout"),
}
"""Prepositions after which the name of a place is the place."""

DETERMINERS = word_set("de het een 't deze die dit dat the a an this that")
GROUP_HEADS = word_set(
    "militie groep beweging partij organisatie fractie coalitie regime regering group militia party movement"
)
"""Heads of a compound that names the same organisation (``Kataib Hezbollah-militie``)."""

_NOT_ACTORS = word_set(
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli "
    "augustus september oktober november december monday tuesday wednesday thursday friday saturday sunday "
    "january february march may june july august october nieuwjaar kerst kerstmis pasen pinksteren ramadan "
    "oud-en-nieuw sinterklaas christmas easter thanksgiving nederlands engels duits frans spaans arabisch "
    "russisch chinees italiaans turks perzisch latijn english dutch german french spanish arabic russian "
    "chinese italian turkish persian latin twitter facebook instagram youtube tiktok whatsapp telegram "
    "linkedin internet god allah mr mrs feb mar apr jun jul aug sept oct nov dec tv id covid covid-19 "
    "corona bijbel koran bible i i'm i've i'd i'll ok am pm red ed "
    "eur usd gbp jpy chf cad aud nzd sek nok dkk cny inr sgd hkd gmt utc cet cest est edt pst bst"
)
_DATE = re.compile(r"\d{1,2}[-‑]\w{3,9}[-‑]\d{2,4}")
_EXTRA_STARTERS = word_set(
    "sommige veel weinig vandaag gisteren morgen eergisteren vanavond vanmorgen inmiddels opnieuw eerder later "
    "intussen volgens aldus hoewel terwijl bovendien echter daarnaast daarna vervolgens ondanks dankzij sinds "
    "tijdens na nadat ja nee zo wie wat waar waarom hoe wanneer welke welk er hier daar toch nog ook zelfs "
    "alleen vooral ons onze onder ten eerste tweede mijn jouw uw zijn haar hun deze dit mensen nu dus want "
    "maar beeld foto bron per hallo yes today yesterday tomorrow meanwhile however although while during since "
    "despite after before according says said our your their his her its these those people photo many most "
    "some several few both each every one two three it's that's there's he's she's they're we're you're don't "
    "let's here's what's"
)


@cache
def function_words(language: str) -> frozenset[str]:
    """Lower-case words that are no names even where they begin a sentence: spaCy's stop words and more."""
    stop_words = STOP_WORDS_NL if language == "nl" else STOP_WORDS_EN
    return frozenset(word.replace("’", "'") for word in stop_words) | _EXTRA_STARTERS


def is_never_actor(word: str) -> bool:
    """Whether a capitalised word is a date, day, month, feast, language, currency, time zone or medium.

    Examples
    --------
    >>> is_never_actor("Maandag"), is_never_actor("02-Jul-08"), is_never_actor("USD"), is_never_actor("VVD")
    (True, True, True, False)
    """
    return word.lower().replace("’", "'") in _NOT_ACTORS or _DATE.fullmatch(word) is not None
