"""The names of types of event on charts, Dutch and English.

Reads an id and a language; returns text.
"""

from __future__ import annotations

from analysis.display.words import LANGUAGES

_EVENTS: dict[str, tuple[str, str]] = {
    "accuse": ("beschuldigen", "accuse"),
    "admit": ("bekennen", "admit"),
    "agree": ("instemmen", "agree"),
    "aid": ("helpen", "aid"),
    "appoint": ("benoemen", "appoint"),
    "arrest": ("aanhouden", "arrest"),
    "attack": ("aanvallen", "attack"),
    "bury": ("begraven", "bury"),
    "coerce": ("dwingen", "coerce"),
    "concede": ("toegeven", "concede"),
    "consult": ("overleggen", "consult"),
    "contact": ("contact zoeken", "contact"),
    "cooperate": ("samenwerken", "cooperate"),
    "criticise": ("bekritiseren", "criticise"),
    "damage": ("beschadigen", "damage"),
    "deceive": ("misleiden", "deceive"),
    "defeat": ("verslaan", "defeat"),
    "demand": ("eisen", "demand"),
    "dismiss": ("ontslaan", "dismiss"),
    "expel": ("verdrijven", "expel"),
    "free": ("vrijlaten", "free"),
    "govern": ("besturen", "govern"),
    "injure": ("verwonden", "injure"),
    "investigate": ("onderzoeken", "investigate"),
    "kill": ("doden", "kill"),
    "mobilise": ("mobiliseren", "mobilise"),
    "move": ("verplaatsen", "move"),
    "pay": ("betalen", "pay"),
    "praise": ("prijzen", "praise"),
    "protect": ("beschermen", "protect"),
    "protest": ("protesteren", "protest"),
    "reject": ("afwijzen", "reject"),
    "request": ("verzoeken", "request"),
    "retreat": ("terugtrekken", "retreat"),
    "reward": ("belonen", "reward"),
    "sanction": ("straffen", "sanction"),
    "steal": ("stelen", "steal"),
    "sue": ("aanklagen", "sue"),
    "support": ("steunen", "support"),
    "threaten": ("dreigen", "threaten"),
    "warn": ("waarschuwen", "warn"),
    "other": ("andere daden", "other deeds"),
}
"""Types of event in data/codebooks/events_*.csv."""


def event_label(event: str, language: str = "nl") -> str:
    """The name to show for a type of event; one that has no chart word is shown by its id.

    Examples
    --------
    >>> event_label("kill"), event_label("kill", "en"), event_label("night_raid", "en")
    ('doden', 'kill', 'night raid')
    """
    if event not in _EVENTS:
        return event.replace("_", " ")
    return _EVENTS[event][LANGUAGES.index(language)]
