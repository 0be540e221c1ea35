"""Countries of the world: complete, without double words, and right where a hand looked it up."""

import csv
from collections import defaultdict

import pytest
from babel import Locale

from analysis import paths
from analysis.codebook.load import EMPTY, Actor, Codebook, Wording, load_codebook
from analysis.codebook.world import (
    ADJECTIVE,
    EITHER,
    PEOPLE,
    add_world,
    demonym_readings,
    exceptions,
    load_world,
    unsure_words,
    world_actors,
)
from analysis.contracts.errors import InputError

WORLD = {country.code: country for country in load_world()}
LANGUAGES = ("nl", "en")
ISLANDS = """AC AI AQ AS AX BL BQ BV CC CK CP CQ CX DG EA FK GF GG GP GS GU HM IC IM IO JE KY MF MP MQ MS NF NU PM PN RE
SH SJ TA TC TF TK UM VG VI WF YT"""
"""Islands, stations and departments that speak through another country."""
NO_TERRITORIES = "EZ UN QO XA XB ZZ"
"""What CLDR lists beside territories: the euro zone, the United Nations, a region, pseudo-locales, unknown."""
LEFT_OUT = {*ISLANDS.split(), *NO_TERRITORIES.split()}


def wordings(country, language):
    """Every word that the matcher would look for."""
    terms = country.terms[language]
    return {*terms.names, *terms.demonyms, *terms.metonyms}


def test_every_territory_of_cldr_is_listed_or_left_out_by_name():
    """None is forgotten, none is invented."""
    territories = {code for code in Locale("nl").territories if len(code) == 2}
    assert territories == {*WORLD, *LEFT_OUT}
    assert not LEFT_OUT & set(WORLD)


def test_the_united_nations_have_193_members():
    """So many, and the others are named."""
    by_status = defaultdict(set)
    for country in WORLD.values():
        by_status[country.status].add(country.code)
    assert len(by_status["member"]) == 193
    assert by_status["observer"] == {"PS", "VA"}
    assert by_status["disputed"] == {"EH", "TW", "XK"}
    assert by_status["union"] == {"EU"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_every_kind_of_word(language):
    """Name, adjective, inhabitant, capital; only the Vatican and the Union lack some."""
    for code, country in WORLD.items():
        terms = country.terms[language]
        assert terms.names, code
        assert terms.names[0] == country.label[language], code
        assert terms.capitals, code
        assert terms.adjectives or code == "EU", code
        assert terms.inhabitants or code in {"EU", "VA"}, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_countries_share_a_word_unless_both_mark_it_unsure(language):
    """Shared words are declared on both sides, and there are few."""
    owners = defaultdict(set)
    for code, country in WORLD.items():
        for word in wordings(country, language):
            owners[word].add(code)
    shared = {word: codes for word, codes in owners.items() if len(codes) > 1}
    for word, codes in shared.items():
        assert all(word in WORLD[code].terms[language].unsure for code in codes), (word, codes)
    assert {frozenset(codes) for codes in shared.values()} == {frozenset({"CD", "CG"}), frozenset({"DM", "DO"})}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_clean(language):
    """No word twice in a cell, none without a capital, no stray white space or bar."""
    for code, country in WORLD.items():
        terms = country.terms[language]
        for cell in (terms.names, terms.adjectives, terms.inhabitants, terms.capitals, terms.seats, terms.houses):
            assert len(set(cell)) == len(cell), code
            for word in cell:
                assert word == " ".join(word.split()), (code, word)
                assert "|" not in word
                assert "(" not in word
                assert any(letter.isupper() for letter in word), (code, word)


def test_dutch_adjectives_come_in_two_forms():
    """An adjective with its inflected form: -ees and -aas lose a vowel."""
    for code, country in WORLD.items():
        adjectives = country.terms["nl"].adjectives
        for plain, inflected in zip(adjectives[::2], adjectives[1::2], strict=True):
            stem = plain[:-2] + "s" if plain.endswith(("ees", "aas")) else plain
            assert inflected == stem + "e", code


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exception_holds_a_word_of_its_country(language):
    """Otherwise it would guard nothing."""
    for country in WORLD.values():
        terms = country.terms[language]
        for name in terms.exceptions:
            assert any(f" {word} " in f" {name} " for word in (*terms.names, *terms.demonyms)), name
            assert name not in (*terms.names, *terms.demonyms), name
    assert exceptions(language)


# country, Dutch: a name, an adjective, inhabitants, a capital; English: the same
SPOT_CHECKS = """
FR Frankrijk Franse Fransen Parijs | France French Frenchmen Paris
DE Duitsland Duits Duitsers Berlijn | Germany German Germans Berlin
GB Groot-Brittannië Britse Britten Londen | Britain British Britons London
BE België Belgisch Belgen Brussel | Belgium Belgian Belgians Brussels
PL Polen Poolse Polen Warschau | Poland Polish Poles Warsaw
GR Griekenland Grieks Grieken Athene | Greece Greek Greeks Athens
NO Noorwegen Noors Noren Oslo | Norway Norwegian Norwegians Oslo
RU Rusland Russische Russen Moskou | Russia Russian Russians Moscow
UA Oekraïne Oekraïense Oekraïners Kiev | Ukraine Ukrainian Ukrainians Kyiv
XK Kosovo Kosovaarse Kosovaren Pristina | Kosovo Kosovar Kosovars Pristina
TR Turkije Turkse Turken Ankara | Turkey Turkish Turks Ankara
IL Israël Israëlische Israëliërs Jeruzalem | Israel Israeli Israelis Jerusalem
PS Palestina Palestijnse Palestijnen Ramallah | Palestine Palestinian Palestinians Ramallah
SA Saoedi-Arabië Saoedische Saoedi's Riyad | Saudi_Arabia Saudi Saudis Riyadh
JO Jordanië Jordaanse Jordaniërs Amman | Jordan Jordanian Jordanians Amman
IQ Irak Iraakse Irakezen Bagdad | Iraq Iraqi Iraqis Baghdad
CN China Chinese Chinezen Peking | China Chinese Chinese Beijing
JP Japan Japanse Japanners Tokio | Japan Japanese Japanese Tokyo
KP Noord-Korea Noord-Koreaanse Noord-Koreanen Pyongyang | North_Korea North_Korean North_Koreans Pyongyang
IN India Indiase Indiërs New_Delhi | India Indian Indians New_Delhi
PH Filipijnen Filipijnse Filipijnen Manilla | Philippines Philippine Filipinos Manila
MM Birma Birmese Birmezen Naypyidaw | Burma Burmese Burmese Naypyidaw
KG Kirgizië Kirgizische Kirgiezen Bisjkek | Kyrgyzstan Kyrgyz Kyrgyzstanis Bishkek
TW Taiwan Taiwanese Taiwanezen Taipei | Taiwan Taiwanese Taiwanese Taipei
EG Egypte Egyptische Egyptenaren Caïro | Egypt Egyptian Egyptians Cairo
MA Marokko Marokkaanse Marokkanen Rabat | Morocco Moroccan Moroccans Rabat
NG Nigeria Nigeriaanse Nigerianen Abuja | Nigeria Nigerian Nigerians Abuja
NE Niger Nigerese Nigerezen Niamey | Niger Nigerien Nigeriens Niamey
ZA Zuid-Afrika Zuid-Afrikaanse Zuid-Afrikanen Pretoria | South_Africa South_African South_Africans Cape_Town
CI Ivoorkust Ivoriaanse Ivorianen Abidjan | Ivory_Coast Ivorian Ivorians Abidjan
SS Zuid-Soedan Zuid-Soedanese Zuid-Soedanezen Juba | South_Sudan South_Sudanese South_Sudanese Juba
US VS Amerikaanse Amerikanen Washington | U.S. American Americans Washington
CA Canada Canadese Canadezen Ottawa | Canada Canadian Canadians Ottawa
MX Mexico Mexicaanse Mexicanen Mexico-Stad | Mexico Mexican Mexicans Mexico_City
CU Cuba Cubaanse Cubanen Havana | Cuba Cuban Cubans Havana
BR Brazilië Braziliaanse Brazilianen Brasilia | Brazil Brazilian Brazilians Brasilia
AR Argentinië Argentijnse Argentijnen Buenos_Aires | Argentina Argentine Argentines Buenos_Aires
SR Suriname Surinaamse Surinamers Paramaribo | Suriname Surinamese Surinamese Paramaribo
GT Guatemala Guatemalteekse Guatemalteken Guatemala-Stad | Guatemala Guatemalan Guatemalans Guatemala_City
CW Curaçao Curaçaose Curaçaoënaars Willemstad | Curacao Curaçaoan Curaçaoans Willemstad
AU Australië Australische Australiërs Canberra | Australia Australian Australians Canberra
NZ Nieuw-Zeeland Nieuw-Zeelandse Nieuw-Zeelanders Wellington | New_Zealand New_Zealand New_Zealanders Wellington
FJ Fiji Fijische Fijiërs Suva | Fiji Fijian Fijians Suva
PG Papoea-Nieuw-Guinea Papoea-Nieuw-Guinese Papoea-Nieuw-Guineeërs Port_Moresby | PNG Papua_New_Guinean Papua_New_Guineans Port_Moresby
VA Vaticaan Vaticaanse - Vaticaanstad | Holy_See Vatican - Vatican_City
EH West-Sahara West-Saharaanse Sahrawi's Laayoune | Western_Sahara Sahrawi Sahrawis Laayoune
"""


@pytest.mark.parametrize("line", SPOT_CHECKS.strip().splitlines())
def test_a_country_is_worded_right(line):
    """Looked up by hand, over all continents."""
    code, rest = line.split(" ", 1)
    for language, words in zip(LANGUAGES, rest.split(" | "), strict=True):
        terms = WORLD[code].terms[language]
        columns = (terms.names, terms.adjectives, terms.inhabitants, terms.capitals)
        for word, column in zip(words.split(), columns, strict=True):
            assert word == "-" or word.replace("_", " ") in column, (code, word)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("US", "nl", "Verenigde Staten"), ("US", "nl", "Amerika"), ("NL", "nl", "Holland"), ("GB", "nl", "VK"),
        ("GB", "nl", "Groot-Brittannie"), ("HK", "nl", "Hongkong"), ("MM", "en", "Myanmar"), ("MM", "en", "Burma"),
        ("AG", "en", "Antigua and Barbuda"), ("KN", "en", "Saint Kitts and Nevis"), ("LC", "en", "St Lucia"),
        ("CZ", "en", "Czech Republic"), ("CD", "en", "DR Congo"), ("BY", "nl", "Wit-Rusland"), ("EU", "nl", "EU"),
        ("TR", "en", "Türkiye"), ("CI", "en", "Côte d’Ivoire"), ("MO", "en", "Macao"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_other_names(code, language, name):
    """Aliases, and the names of CLDR as news writes them."""
    assert name in WORLD[code].terms[language].names


@pytest.mark.parametrize(
    ("code", "language", "stand", "do_not"),
    [
        ("NL", "nl", ["Den Haag", "Binnenhof", "Catshuis"], ["Amsterdam"]),
        ("US", "nl", ["Washington", "Witte Huis", "Capitol Hill"], []),
        ("GB", "en", ["London", "Downing Street"], []),
        ("RU", "nl", ["Moskou", "Kremlin"], []),
        ("FR", "nl", ["Parijs", "Élysée"], []),
        ("EU", "nl", ["Brussel"], []),
        ("BE", "nl", ["Wetstraat"], ["Brussel"]),
        ("ZA", "en", ["Pretoria"], ["Cape Town"]),
        ("SG", "en", [], ["Singapore"]),
    ],
)
def test_places_stand_for_a_government(code, language, stand, do_not):
    """The seat and the houses, not a capital without a government, nor a capital with the country's own name."""
    metonyms = WORLD[code].terms[language].metonyms
    assert set(stand) <= set(metonyms)
    assert not set(do_not) & set(metonyms)


def test_a_demonym_is_read_by_its_form():
    """Things, people, or either."""
    dutch, english = demonym_readings("nl"), demonym_readings("en")
    assert {dutch[word] for word in ("Fransman", "Fransen", "Belgen", "Zweden", "Israëli's")} == {PEOPLE}
    assert {dutch[word] for word in ("Frans", "Duits", "Pools", "Fins")} == {ADJECTIVE}
    assert {dutch[word] for word in ("Franse", "Chinees", "Chinese")} == {EITHER}
    assert {english[word] for word in ("French", "German", "Swiss", "British")} == {EITHER}
    assert {english[word] for word in ("Germans", "Frenchmen", "Spaniard")} == {PEOPLE}
    assert not {"Let op", "Georg", "Jordaan", "Fran"} & set(dutch)


def test_words_with_another_meaning_are_marked_unsure():
    """Names and words of the language that look like a country or its people."""
    assert {"Frans", "Noor", "Deen", "Fin", "Pool", "Let", "Congolees"} <= unsure_words("nl")
    assert {"Georgia", "Jordan", "Chad", "Finn", "Dane", "Pole", "Male", "Congolese"} <= unsure_words("en")
    assert not {"Duitsland", "Duitse", "Fransen", "Parijs"} & unsure_words("nl")
    assert {"New Mexico", "Northern Ireland", "Latin America"} <= exceptions("en")


def codebook(*actors):
    """A codebook of these actors."""
    return Codebook(name="test", actors={actor.id: actor for actor in actors})


def actor(actor_id, kind, country=None, part_of=None, **wording):
    """An actor with Dutch wording."""
    return Actor(actor_id, {"nl": actor_id}, kind, country, part_of, {"nl": Wording(**wording)})


def by_code(book):
    """World actors of a codebook, by country code."""
    return {found.country: found for found in world_actors(book)}


def test_an_empty_codebook_gets_the_whole_world():
    """One actor a country, with its label and wording."""
    world = by_code(EMPTY)
    assert set(world) == set(WORLD)
    assert world["GR"].id == "world:GR"
    assert world["GR"].type == "country"
    assert world["GR"].label == {"nl": "Griekenland", "en": "Greece"}
    assert world["GR"].wording["nl"].metonyms == ("Athene", "Maximos-paleis")
    assert world["EU"].type == "institution"


def test_a_country_of_the_codebook_takes_the_place_of_the_worlds():
    """By its code or by its name; what is left is its government, part of it."""
    for home in (
        actor("france", "country", "FR", names=("Frankrijk",)),
        actor("france", "country", names=("Frankrijk",)),
    ):
        found = by_code(codebook(home))["FR"]
        assert (found.id, found.type, found.part_of) == ("world:FR", "government", "france")
        assert found.wording["nl"].names == found.wording["nl"].demonyms == ()
        assert "Parijs" in found.wording["nl"].metonyms


def test_a_government_that_lists_its_seat_leaves_nothing_to_the_world():
    """Capital and houses are then the codebook's affair; other countries are not touched."""
    home = actor("france", "country", "FR", names=("Frankrijk",))
    government = actor("cabinet", "government", "FR", "france", metonyms=("Parijs",))
    assert "FR" not in by_code(codebook(home, government))
    assert by_code(codebook(government))["FR"].wording["nl"].metonyms == ()
    assert "Frankrijk" in by_code(codebook(government))["FR"].wording["nl"].names
    silent = actor("cabinet", "government", "FR", "france", names=("Matignon",))
    found = by_code(codebook(home, silent))["FR"]
    assert found.part_of == "cabinet"
    assert "Parijs" in found.wording["nl"].metonyms
    assert "Matignon" not in found.wording["nl"].metonyms


def test_words_of_the_codebook_are_left_out():
    """Also a person's last name, and all demonyms where one is used."""
    world = by_code(
        codebook(actor("airline", "company", names=("Emiraten",)), actor("tom", "person", names=("Tom Holland",)))
    )
    assert "Emiraten" not in world["AE"].wording["nl"].names
    assert "Verenigde Arabische Emiraten" in world["AE"].wording["nl"].names
    assert "Holland" not in world["NL"].wording["nl"].names
    world = by_code(codebook(actor("paris_people", "group", demonyms=("Franse",))))
    assert world["FR"].wording["nl"].demonyms == ()
    assert "French" in world["FR"].wording["en"].demonyms


def test_a_union_of_the_codebook_is_known_by_any_of_its_names():
    """As an institution, by its short name."""
    found = by_code(codebook(actor("eu", "institution", names=("EU",))))["EU"]
    assert found.part_of == "eu"
    assert found.wording["nl"].names == ()


def test_the_world_joins_the_codebook_that_ships():
    """Every id once, every `part_of` known, the codebook's own actors first and unchanged."""
    seed = load_codebook(paths.CODEBOOKS / "seed.yaml")
    joined = add_world(seed)
    assert list(joined.actors)[: len(seed.actors)] == list(seed.actors)
    assert all(joined.actors[key] == own for key, own in seed.actors.items())
    assert all(one.part_of is None or one.part_of in joined.actors for one in joined.actors.values())
    assert joined.label("world:GR", "nl") == "Griekenland"
    assert not {"world:US", "world:IR", "world:IQ"} & set(joined.actors)
    assert world_actors(joined) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": "ZW"}, "stands twice"),
        ({"code": "XX"}, "no ISO 3166-1 code"),
        ({"status": "realm"}, "none of member"),
        ({"unsure_en": "Atlantis"}, "has no word 'Atlantis'"),
    ],
)
def test_a_broken_table_is_refused(tmp_path, change, message):
    """With file, row and what to do."""
    with (paths.CODEBOOKS / "world.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    rows[0] |= change
    path = tmp_path / "world.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(InputError, match=rf"world\.csv, row .*{message}"):
        load_world(path)


def test_a_table_without_a_column_or_a_cell_is_refused(tmp_path):
    """And one that is not there."""
    path = tmp_path / "world.csv"
    with pytest.raises(InputError, match="is missing"):
        load_world(path)
    path.write_text("code,status\nFR,member\n", encoding="utf-8")
    with pytest.raises(InputError, match="lacks the column"):
        load_world(path)
    lines = (paths.CODEBOOKS / "world.csv").read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], "FR,member"]), encoding="utf-8")
    with pytest.raises(InputError, match="not as many cells"):
        load_world(path)
