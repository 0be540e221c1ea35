"""Agent and patient of verbs, nouns, phrases and light verbs, in every voice, as the shipped model reads them."""

from functools import cache

import pytest

from analysis.coding.actions.events import actions_from
from analysis.coding.syntax.clauses import clause_at, clauses_in, find_complement
from analysis.coding.syntax.modality import find_modality
from analysis.reading import read_articles
from analysis.validation.gold import make_gold_articles
from tests.misread import MISREAD


@cache
def read(text: str, language: str):
    """A sentence read with the model."""
    rows = [{"article_id": "a", "language": language, "text": text}]
    return read_articles(make_gold_articles(rows)).docs["a"]


def deeds(text: str, language: str) -> list[tuple]:
    """Predicate, agents, patients and voice of each deed."""
    doc = read(text, language)
    return [
        (d.predicate, [a.text for a in d.agents], [p.text for p in d.patients], d.voice)
        for sentence in doc.sents
        for d in actions_from(sentence[0])
    ]


DUTCH = [
    ("De bond viel de wethouder fel aan.", ("aanvallen", ["bond"], ["wethouder"], "active")),
    ("De wethouder werd door de bond aangevallen.", ("aanvallen", ["bond"], ["wethouder"], "passive")),
    ("De wethouder werd aangevallen.", ("aanvallen", [], ["wethouder"], "agentless_passive")),
    ("De door de politie opgepakte man zweeg.", ("oppakken", ["politie"], ["man"], "passive")),
    ("De gisteren opgepakte mannen zijn verhoord.", ("oppakken", [], ["mannen"], "agentless_passive")),
    ("De trainer, ontslagen door het bestuur, zweeg.", ("ontslaan", ["bestuur"], ["trainer"], "passive")),
    ("De minister is niets te verwijten.", ("verwijten", [], ["minister", "niets"], "agentless_passive")),
    ("De bond valt weinig te verwijten.", ("verwijten", [], ["bond", "weinig"], "agentless_passive")),
    ("Hij werd door de politie opgepakt en verhoord.", ("verhoren", ["politie"], ["Hij"], "passive")),
    ("De boeren werden door de politie weggesleept en beboet.", ("beboeten", ["politie"], ["boeren"], "passive")),
    (
        "De journalist kreeg een boete opgelegd van de rechter.",
        ("opleggen", ["rechter"], ["journalist", "boete"], "passive"),
    ),
    ("De bond leverde kritiek op de minister.", ("kritiek", ["bond"], ["minister"], "active")),
    ("Het land verleent steun aan de rebellen.", ("steun", ["land"], ["rebellen"], "active")),
    ("Rebellen hebben een aanval uitgevoerd op een dorp.", ("aanval", ["Rebellen"], ["dorp"], "active")),
    ("De minister kreeg kritiek van de bond.", ("kritiek", ["bond"], ["minister"], "passive")),
    ("De bond noemt het dapper van de boer om de wolf te beschermen.", ("beschermen", ["boer"], ["wolf"], "active")),
    ("Het plan stuit op verzet van de bonden.", ("verzet", ["bonden"], ["plan"], "passive")),
    ("Daarbij kwamen negen mensen om het leven.", ("om het leven komen", [], ["mensen"], "agentless_passive")),
    ("Vier burgers vonden de dood.", ("de dood vinden", [], ["burgers"], "agentless_passive")),
    ("Drie agenten raakten gewond.", ("gewond raken", [], ["agenten"], "agentless_passive")),
    ("Er werd geschoten op de betogers.", ("schieten", [], ["betogers"], "agentless_passive")),
    ("De premier werd onder druk gezet.", ("onder druk zetten", [], ["premier"], "agentless_passive")),
    ("De bond gaat de boeren helpen.", ("helpen", ["bond"], ["boeren"], "active")),
    ("Hij liet de betogers door de politie verwijderen.", ("verwijderen", ["politie"], ["betogers"], "passive")),
    ("Directeur dierenpark geschorst na ontsnapping van wolven", ("schorsen", [], ["Directeur"], "agentless_passive")),
    ("Door een fout werd de man opgepakt.", ("oppakken", [], ["man"], "agentless_passive")),
    ("De luchtaanvallen van de VS op de militie gaan door.", ("luchtaanval", ["VS"], ["militie"], "nominal")),
    ("De arrestatie van Jansen door de politie verraste.", ("arrestatie", ["politie"], ["Jansen"], "nominal")),
    ("Het pesten van leerlingen door docenten moet stoppen.", ("pesten", ["docenten"], ["leerlingen"], "nominal")),
    ("De Russische inval in Oekraïne ging door.", ("inval", ["Russische"], ["Oekraïne"], "nominal")),
]
ENGLISH = [
    ("Rebels attacked the army base.", ("attack", ["Rebels"], ["base"], "active")),
    ("The army base was attacked by rebels.", ("attack", ["rebels"], ["base"], "passive")),
    ("Twelve civilians were killed.", ("kill", [], ["civilians"], "agentless_passive")),
    ("The minister was accused of fraud by the union.", ("accuse", ["union"], ["minister"], "passive")),
    ("The man arrested by police denies everything.", ("arrest", ["police"], ["man"], "passive")),
    ("The union launched an attack on the government.", ("attack", ["union"], ["government"], "active")),
    ("Canada provided aid to the islands.", ("aid", ["Canada"], ["islands"], "active")),
    ("Trump held Iran responsible for the assault.", ("hold responsible", ["Trump"], ["Iran"], "active")),
    ("The mayor came under fire.", ("come under fire", [], ["mayor"], "agentless_passive")),
    ("Ten soldiers lost their lives.", ("lose their lives", [], ["soldiers"], "agentless_passive")),
    ("The arrest of Harlow by police sparked anger.", ("arrest", ["police"], ["Harlow"], "nominal")),
    ("The suspect was shot by a sniper.", ("shoot", ["sniper"], ["suspect"], "passive")),
]


@pytest.mark.parametrize(("text", "expected"), DUTCH)
def test_a_dutch_deed_has_its_participants(text, expected):
    """The same two take part in the same way, whatever the voice."""
    assert expected in deeds(text, "nl")


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_an_english_deed_has_its_participants(text, expected):
    """English likewise, read by a model that saw no English trees."""
    assert expected in deeds(text, "en")


@pytest.mark.parametrize(
    "text",
    ["De man zegt dat hij ziek is.", "Het regende de hele dag.", "De minister is bang.", "Zij vindt het plan goed."],
)
def test_reports_thoughts_states_and_weather_are_no_deeds(text):
    """What is only said, thought or so has no row."""
    assert deeds(text, "nl") == []


def test_a_clause_is_read_once():
    """Every layer that asks for the clause of a verb has the same record, with its complement and modality."""
    doc = read("De bond zou eisen dat de minister opstapt.", "nl")
    clause = clause_at(doc[3])
    assert clause is next(clauses_in(doc, 0, len(doc)))
    assert (find_complement(clause.head).text, find_modality(clause.head).hedged, clause.recipients) == (
        "opstapt",
        True,
        (),
    )


def test_what_is_between_two_is_done_by_both():
    """`de oorlog tussen A en B`."""
    doc = read("De oorlog tussen Rusland en Oekraïne duurt voort.", "nl")
    war = next(deed for deed in actions_from(doc[0]) if deed.predicate == "oorlog")
    assert war.is_mutual
    assert [agent.text for agent in war.agents] == ["Rusland", "Oekraïne"]


@MISREAD
def test_a_particle_before_te_makes_the_infinitive():
    """`door aan te kondigen` is `aankondigen`, and the verb before it keeps its own lemma."""
    doc = read("Het kabinet reageerde door aan te kondigen dat er troepen worden ingevlogen.", "nl")
    found = [predicate.lemma for predicate in clauses_in(doc, 0, len(doc))]
    assert found == ["reageren", "aankondigen", "invliegen"]


def test_a_perfect_with_zijn_is_no_passive():
    """`is gevallen` leaves nobody out."""
    assert all(row[3] != "agentless_passive" for row in deeds("De wielrenster is in de bocht gevallen.", "nl"))
