"""Forms of words: spelling rules of Dutch and English."""

import pytest

from analysis.coding.language.inflection import inflect_adjective, inflect_demonym, inflect_noun, inflect_phrase

NOUNS = [
    ("soldaat", "nl", "soldaten"), ("man", "nl", "mannen"), ("huis", "nl", "huizen"), ("brief", "nl", "brieven"),
    ("militie", "nl", "milities"), ("menigte", "nl", "menigtes"), ("demonstrant", "nl", "demonstranten"),
    ("kabinet", "nl", "kabinetten"), ("idee", "nl", "ideeën"), ("auto", "nl", "auto's"), ("marinier", "nl", "mariniers"),
    ("minderheid", "nl", "minderheden"), ("troepen", "nl", "troep"), ("soldaten", "nl", "soldaat"),
    ("milities", "nl", "militie"), ("huizen", "nl", "huis"), ("Iraniër", "nl", "Iraniërs"), ("Irakees", "nl", "Irakezen"),
    ("militia", "en", "militias"), ("spokesman", "en", "spokesmen"), ("party", "en", "parties"), ("troops", "en", "troop"),
    ("kind", "nl", "kinderen"), ("kinderen", "nl", "kind"), ("kleinkind", "nl", "kleinkinderen"), ("ei", "nl", "eieren"),
    ("blad", "nl", "bladeren"), ("lid", "nl", "leden"), ("Kamerlid", "nl", "Kamerleden"), ("raadsleden", "nl", "raadslid"),
    ("stad", "nl", "steden"), ("hoofdsteden", "nl", "hoofdstad"), ("schip", "nl", "schepen"), ("schepen", "nl", "schip"),
    ("koe", "nl", "koeien"), ("koeien", "nl", "koe"), ("kalf", "nl", "kalveren"), ("volk", "nl", "volkeren"),
    ("landgoed", "nl", "landgoederen"), ("smid", "nl", "smeden"), ("brandweerman", "nl", "brandweerlieden"),
    ("brandweerman", "nl", "brandweermannen"), ("vaklui", "nl", "vakman"), ("politicus", "nl", "politici"),
    ("critici", "nl", "criticus"), ("museum", "nl", "musea"), ("dag", "nl", "dagen"), ("god", "nl", "goden"),
    ("oorlog", "nl", "oorlogen"), ("leraar", "nl", "leraren"), ("gat", "nl", "gaten"), ("weg", "nl", "wegen"),
    ("child", "en", "children"), ("grandchildren", "en", "grandchild"), ("man", "en", "men"), ("woman", "en", "women"),
    ("congresswomen", "en", "congresswoman"), ("person", "en", "people"), ("people", "en", "person"),
    ("spokesperson", "en", "spokespeople"), ("person", "en", "persons"), ("wives", "en", "wife"), ("thief", "en", "thieves"),
    ("hero", "en", "heroes"), ("human", "en", "humans"), ("German", "en", "Germans"), ("crisis", "en", "crises"),
    ("alumni", "en", "alumnus"), ("criterion", "en", "criteria"), ("foot", "en", "feet"), ("police", "en", "police"),
    ("church", "en", "churches"), ("wife", "en", "wives"), ("armies", "en", "army"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "language", "form"), NOUNS)
def test_noun_takes_its_plural_or_singular(word: str, language: str, form: str) -> None:
    """A noun listed in one number is matched in the other, and always as it stands."""
    assert {word, form} <= inflect_noun(word, language)


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [("partij", "nl", "partijeren"), ("islam", "nl", "islammeren"),
     ("German", "en", "Germen"), ("human", "en", "humen"), ("box", "en", "boxen"), ("police", "en", "polices")],
)  # fmt: skip
def test_chance_endings_make_no_irregular_forms(word: str, language: str, other: str) -> None:
    """A word that only looks like a compound of an irregular noun is inflected by rule."""
    assert other not in inflect_noun(word, language)


@pytest.mark.parametrize(
    ("word", "form"),
    [("Iraaks", "Iraakse"), ("Iraakse", "Iraaks"), ("boos", "boze"), ("boze", "boos"), ("groot", "grote"), ("wit", "witte"),
     ("witte", "wit"), ("sjiitische", "sjiitisch"), ("gewapend", "gewapende"), ("lief", "lieve")],
)  # fmt: skip
def test_dutch_adjective_takes_and_drops_its_ending(word: str, form: str) -> None:
    """An adjective is matched with and without -e, with the spelling that goes with it."""
    assert form in inflect_adjective(word, "nl")


def test_phrase_inflects_adjective_and_head_only() -> None:
    """Words after the first preposition keep their form."""
    forms = inflect_phrase("boze leider van de partij", "nl")
    assert ("boos", "leider", "van", "de", "partij") in forms
    assert ("boze", "leiders", "van", "de", "partij") in forms
    assert all(form[2:] == ("van", "de", "partij") for form in forms)


@pytest.mark.parametrize(
    ("word", "language", "form", "reading"),
    [("Amerikaans", "nl", "Amerikanen", "people"), ("Amerikaans", "nl", "Amerikaan", "people"),
     ("Amerikaans", "nl", "Amerikaanse", "either"), ("Nederlands", "nl", "Nederlanders", "people"),
     ("Russisch", "nl", "Russen", "people"), ("Turks", "nl", "Turken", "people"), ("Iraniër", "nl", "Iraniërs", "people"),
     ("American", "en", "Americans", "people"), ("American", "en", "American", "either")],
)  # fmt: skip
def test_demonym_gives_people_and_adjective(word: str, language: str, form: str, reading: str) -> None:
    """A demonym yields words for the people and the adjective, each marked as what it may be."""
    assert inflect_demonym(word, language)[form] == reading


def test_demonym_of_a_land_is_not_the_land() -> None:
    """Nederlands does not make Nederland a demonym."""
    assert "Nederland" not in inflect_demonym("Nederlands", "nl")
