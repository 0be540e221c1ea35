"""Mentions from a reading's entities: hand-built Docs, one construction each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from analysis.codebook.load import EMPTY, Codebook, load_codebook
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.contracts.tables import make_table
from analysis.reading import Reading, read_articles

CODEBOOK = load_codebook(Path(__file__).parent / "gold" / "mentions_codebook.yaml")
PIECES = (
    "Van Dalen|Veldbelang|de boeren|Vredestad|in Vredestad|Noorlandse|(Van Dalen, red.)|die man|al-Rashidi|zei|‘|’|“|.|,|:"
    "|\n\n|Karel|Poot|van Loon|U.S.|’s|—|é|İ|123|Minister van|VVD-Kamerlid|volgens|DEN HAAG -|Foto: ANP"
)
TEXTS = st.lists(st.sampled_from(PIECES.split("|")), max_size=40).map(" ".join)
Marks = Sequence[tuple[str, str]]


def make_reading(text: str, language: str = "nl") -> Reading:
    """One text as article a0, read by the rules."""
    row = {
        "article_id": "a0", "outlet": None, "published": None, "published_precision": None, "headline": None,
        "text": text, "language": language, "source_file": "test", "n_words": len(text.split()), "duplicate_of": None,
    }  # fmt: skip
    return read_articles(make_table("articles", [row]), reading="rules")


def make_marked(
    text: str,
    entities: Marks,
    *,
    phrases: Marks = (),
    tokens: Mapping[str, Mapping[str, str]] | None = None,
    language: str = "nl",
) -> Reading:
    """A reading in which entities and phrases, in text order, are marked; `tokens` sets attributes by word.

    A word's ``head`` is the first token of that text.
    """
    reading = make_reading(text, language=language)
    doc = reading.docs["a0"]
    if tokens is not None:
        words = [token.text for token in doc]
        facts = [tokens.get(word, {}) for word in words]
        doc = Doc(
            doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc],
            sent_starts=None, pos=[fact.get("pos", "X") for fact in facts],
            lemmas=[fact.get("lemma", word) for word, fact in zip(words, facts, strict=True)],
            deps=[fact.get("dep", "dep") for fact in facts],
            heads=[words.index(fact["head"]) if "head" in fact else n for n, fact in enumerate(facts)],
        )  # fmt: skip
    doc.ents = mark(doc, entities)
    if phrases:
        doc.spans["actors"] = mark(doc, phrases)
    return replace(reading, docs={"a0": doc})


def mark(doc: Doc, marks: Marks) -> list[Span]:
    """Spans of the marked words, each after the one before."""
    spans, position = [], 0
    for text, label in marks:
        start = doc.text.index(text, position)
        span = doc.char_span(start, start + len(text), label=label)
        assert span is not None, text
        spans.append(span)
        position = start + len(text)
    return spans


def found_in(reading: Reading, codebook: Codebook = EMPTY, **options: bool) -> list[list[str]]:
    """Text, actor and form of each mention."""
    table = find_all_mentions(reading, codebook, **options)
    return table[["text", "actor_id", "form"]].to_numpy().tolist()


def texts_in(reading: Reading, codebook: Codebook = EMPTY) -> list[str]:
    """Text of each mention."""
    return find_all_mentions(reading, codebook)["text"].tolist()


def test_last_name_belongs_to_the_fullest_name() -> None:
    """Title and name are one mention; a last name elsewhere is the same actor, in the genitive too."""
    reading = make_marked(
        "Premier Daan Verhulst zweeg. Verhulst ging. Daarna kwam Verhulsts partij.",
        [("Daan Verhulst", "person"), ("Verhulst", "person"), ("Verhulsts", "person")],
    )
    assert found_in(reading) == [
        ["Premier Daan Verhulst", "unlisted:daan_verhulst", "title"],
        ["Verhulst", "unlisted:daan_verhulst", "name"],
        ["Verhulsts", "unlisted:daan_verhulst", "name"],
    ]


def test_title_within_the_entity_is_no_part_of_the_name() -> None:
    """``Koning`` inside an entity is a title of a person, and a word of an organisation's name."""
    reading = make_marked(
        "Koning Ubo ontving Koning Fietsen.", [("Koning Ubo", "person"), ("Koning Fietsen", "organisation")]
    )
    assert found_in(reading) == [
        ["Koning Ubo", "unlisted:ubo", "title"],
        ["Koning Fietsen", "unlisted:koning_fietsen", "name"],
    ]


def test_common_noun_stands_for_an_organisation_and_a_place_does_not() -> None:
    """``Commissie`` is the commission named in full; ``Leiden`` is not the university of Leiden."""
    reading = make_marked(
        "De Europese Commissie en Universiteit Leiden praten. De Commissie zoekt, Leiden wacht.",
        [
            ("Europese Commissie", "government"),
            ("Universiteit Leiden", "organisation"),
            ("Commissie", "government"),
            ("Leiden", "organisation"),
        ],
    )
    assert [row[1] for row in found_in(reading)] == [
        "unlisted:europese_commissie",
        "unlisted:universiteit_leiden",
        "unlisted:europese_commissie",
        "unlisted:leiden",
    ]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Morgen ontkent Zutphen alles, in Zutphen is dat bekend.", "place", []),
        ("Zutphen ontkent alles.", "place", ["Zutphen"]),
        ("Volgens Zutphen kan het.", "place", ["Zutphen"]),
        ("Er komen sancties tegen Zutphen.", "place", ["Zutphen"]),
        ("Gisteren regende het in Zutphen.", "place", []),
        ("Gisteren regende het in Zutphen.", "government", []),
        ("Er is kritiek van Zutphen.", "government", ["Zutphen"]),
        ("Het overleg over Zutphen duurt lang.", "GPE", []),
        ("De premier las Zutphen.", "WORK_OF_ART", []),
        ("Iedereen praat over Zutphen.", "misc", []),
        ("Iedereen praat over Zutphen.", "organisation", ["Zutphen"]),
    ],
)
def test_place_is_an_actor_only_where_it_speaks_or_acts(text: str, label: str, expected: list[str]) -> None:
    """Position decides for places, a preposition of place for governments, nothing for organisations."""
    assert texts_in(make_marked(text, [("Zutphen", label)])) == expected


def test_phrase_of_the_same_words_corrects_a_place() -> None:
    """What the layer of actor phrases calls an organisation is no place; a street is nobody; a border is no party."""
    text = "Later ging het geld naar Veldbank."
    assert texts_in(make_marked(text, [("Veldbank", "place")])) == []
    reading = make_marked(text, [("Veldbank", "place")], phrases=[("Veldbank", "organisation")])
    assert texts_in(reading) == ["Veldbank"]
    assert texts_in(make_marked("Toen was de Kanaalstraat dicht.", [("Kanaalstraat", "organisation")])) == []
    assert texts_in(make_marked("De grens met Noorland is dicht.", [("Noorland", "place")])) == []


@pytest.mark.parametrize(
    ("lemma", "dep", "expected"),
    [("bouwen", "nsubj", ["Zutphen"]), ("liggen", "nsubj", []), ("bouwen", "obl", [])],
)
def test_place_acts_as_subject_of_a_verb(lemma: str, dep: str, expected: list[str]) -> None:
    """The tree says who acts; to lie somewhere is no act."""
    tokens = {
        "doet": {"pos": "VERB", "lemma": lemma, "dep": "ROOT"},
        "Zutphen": {"pos": "PROPN", "dep": dep, "head": "doet"},
    }
    assert texts_in(make_marked("Later doet Zutphen niets.", [("Zutphen", "place")], tokens=tokens)) == expected


def test_codebook_goes_first_and_no_first_name_stays_behind(tmp_path: Path) -> None:
    """With ``Van Loon`` listed, ``Klaas van Loon`` is that actor and leaves no ``klaas``, whatever the reading."""
    path = tmp_path / "loon.yaml"
    path.write_text("actors:\n  - {id: loon, label: x, type: person, nl: {names: [Van Loon]}}\n", encoding="utf-8")
    book = load_codebook(path)
    text = "Gisteren sprak Klaas van Loon. Daarna ging Van Loon."
    expected = [["Klaas van Loon", "loon", "name"], ["Van Loon", "loon", "name"]]
    assert found_in(make_marked(text, [("Klaas van Loon", "person")]), book) == expected
    assert found_in(make_marked(text, [("Klaas", "person")]), book) == expected
    assert found_in(make_reading(text), book) == expected


def test_stranger_of_a_listed_surname_is_somebody_else(tmp_path: Path) -> None:
    """With ``Kees van Loon`` and ``Van Loon`` listed, ``Klaas van Loon`` is another person, found whole."""
    path = tmp_path / "loon.yaml"
    path.write_text(
        "actors:\n  - {id: loon, label: x, type: person, nl: {names: [Van Loon, Kees van Loon]}}\n", encoding="utf-8"
    )
    book = load_codebook(path)
    for text in ("Gisteren sprak Klaas van Loon.", "Klaas van Loon zweeg.", "Gisteren sprak Klaas Van Loon."):
        name = "Klaas Van Loon" if "Van" in text else "Klaas van Loon"
        expected = [[name, "unlisted:klaas_van_loon", "name"]]
        assert found_in(make_marked(text, [(name, "person")]), book) == expected
        assert found_in(make_reading(text), book) == []
    text = "Kees Van Loon en Van Loon zwegen."
    assert [row[:2] for row in found_in(make_reading(text), book)] == [["Kees Van Loon", "loon"], ["Van Loon", "loon"]]


def test_entity_beside_a_demonym_keeps_its_rest() -> None:
    """An adjective of a state is cut off, one in a name is not; a name in an entity is left to the codebook."""
    reading = make_marked(
        "De Noorlandse Wielerbond schreef Hanneke van Dalen Fonds.",
        [("Noorlandse Wielerbond", "organisation"), ("Hanneke van Dalen Fonds", "organisation")],
    )
    assert texts_in(reading, CODEBOOK) == ["Noorlandse Wielerbond", "Hanneke van Dalen"]
    reading = make_marked("De Noorlandse Vloot zweeg.", [("Noorlandse Vloot", "organisation")])
    assert texts_in(reading, CODEBOOK) == ["Noorlandse", "Vloot"]


def test_datelines_credits_and_days_are_no_actors() -> None:
    """An entity in a dateline or credit, a day and a medium are nobody."""
    reading = make_marked(
        "DEN HAAG (ANP) – Op Twitter zweeg Karel Poot.\n\nFoto Piet Bos",
        [
            ("DEN HAAG", "government"),
            ("ANP", "organisation"),
            ("Twitter", "organisation"),
            ("Karel Poot", "person"),
            ("Piet Bos", "person"),
        ],
    )
    assert texts_in(reading) == ["Karel Poot"]


def test_noun_before_a_name_is_its_title_where_a_phrase_says_so() -> None:
    """``viroloog Bos`` is one mention because the actor phrase holds both."""
    tokens = {"viroloog": {"pos": "NOUN", "dep": "ROOT"}, "Bos": {"pos": "PROPN", "head": "viroloog"}}
    text = "Toen sprak viroloog Bos."
    reading = make_marked(text, [("Bos", "person")], phrases=[("viroloog Bos", "person")], tokens=tokens)
    assert found_in(reading) == [["viroloog Bos", "unlisted:bos", "title"]]
    assert texts_in(make_marked(text, [("Bos", "person")], tokens=tokens)) == ["Bos"]


def test_actor_phrases_are_mentions_unless_switched_off() -> None:
    """A description is its head's lemma; names, brackets and the codebook's wording are not described twice."""
    tokens = {
        "betogers": {"pos": "NOUN", "lemma": "betoger", "dep": "ROOT"},
        "boze": {"pos": "ADJ", "dep": "amod", "head": "betogers"},
        "Poot": {"pos": "PROPN", "dep": "appos", "head": "premier"},
        "premier": {"pos": "NOUN", "dep": "obj", "head": "betogers"},
        "vrouw": {"pos": "NOUN", "lemma": "vrouw", "dep": "obj", "head": "betogers"},
        "boeren": {"pos": "NOUN", "lemma": "boer", "dep": "conj", "head": "betogers"},
    }
    reading = make_marked(
        "De boze betogers en boeren zagen premier Poot en die vrouw (Poot, red.).",
        [("Poot", "person"), ("Poot", "person")],
        phrases=[("boze betogers", "group"), ("boeren", "group"), ("premier Poot", "person"), ("vrouw", "person")],
        tokens=tokens,
    )
    names = ["premier Poot", "die vrouw", "Poot"]
    assert [row[0] for row in found_in(reading, nominals=False)] == names
    assert found_in(reading, nominals=True)[:2] == [
        ["boze betogers", "unlisted:betoger", "nominal"],
        ["boeren", "unlisted:boer", "nominal"],
    ]
    assert [row[0] for row in found_in(reading, nominals=True)[2:]] == names
    assert [row[1] for row in found_in(reading, CODEBOOK, nominals=True)][:2] == ["farmers", "farmers"]


def test_reading_without_entities_finds_the_codebook_only() -> None:
    """The rules reading has no names, countries or descriptions to give."""
    reading = make_reading("Toen sprak Karel Poot in Parijs met betogers en Van Dalen. Frankrijk zweeg.")
    assert texts_in(reading, CODEBOOK) == ["Van Dalen"]


def test_reading_that_saw_no_entity_gives_none() -> None:
    """An empty layer of entities is an answer: capitals are not asked."""
    assert texts_in(make_marked("Toen sprak Karel Poot.", [])) == []


def test_a_name_across_a_bracket_is_all_there_is_of_it() -> None:
    """What the bracket explains is no second mention of the same words."""
    reading = make_marked("Daar ging die man (Van Dalen, red.) weer.", [("man (Van", "person"), ("Dalen", "person")])
    found = find_all_mentions(reading, EMPTY)
    assert (found["start"].to_numpy()[1:] >= found["end"].to_numpy()[:-1]).all()


@settings(max_examples=50, deadline=None)
@given(text=TEXTS, language=st.sampled_from(["nl", "en"]), data=st.data())
def test_any_entities_give_rows_that_are_evidence_and_do_not_overlap(
    text: str, language: str, data: st.DataObject
) -> None:
    """Whatever a reading marks: text[start:end] is the mention, it lies in its sentence, and no two overlap."""
    reading = make_reading(text, language=language)
    doc = reading.docs["a0"]
    kinds = st.sampled_from(["", "person", "group", "organisation", "government", "place", "misc", "ORG", "DATE"])
    spans, position = [], 0
    while position < len(doc):
        length = data.draw(st.integers(1, 4))
        kind = data.draw(kinds)
        end = min(len(doc), position + length)
        spans += [Span(doc, position, end, label=kind)] if kind and not doc[position].is_space else []
        position = end
    doc.ents = [span for span in spans if not any(token.is_space for token in (span[0], span[-1]))]
    doc.spans["actors"] = list(doc.ents)
    bounds = reading.sentences.set_index("sentence_id")
    for book in (CODEBOOK, EMPTY):
        last = 0
        for row in find_all_mentions(reading, book, nominals=True).itertuples():
            assert text[row.start : row.end] == row.text
            assert bounds.loc[row.sentence_id, "start"] <= row.start < row.end <= bounds.loc[row.sentence_id, "end"]
            assert row.start >= last
            last = row.end


@pytest.mark.parametrize(
    ("text", "names", "actor"),
    [
        (
            "De U.S. Coast Guard zocht. De US Coast Guard stopte. De Coast Guard zweeg.",
            ["U.S. Coast Guard", "US Coast Guard", "Coast Guard"],
            "u_s_coast_guard",
        ),
        (
            "Velox Motors Co. krimpt. Velox Motors zwijgt. Met de Velox Puma redt Velox het niet.",
            ["Velox Motors Co", "Velox Motors", "Velox Puma", "Velox"],
            "velox_motors_co",
        ),
        (
            "Brede Zorg groeit. BZ Vlaanderen volgt. Later stopte BZ.",
            ["Brede Zorg", "BZ Vlaanderen", "BZ"],
            "brede_zorg",
        ),
        (
            "De Griekse Rekenkamer (HCA) klaagt. De HCA wacht.",
            ["Griekse Rekenkamer", "HCA", "HCA"],
            "griekse_rekenkamer",
        ),
        (
            "De Griekse Rekenkamer (HCA) klaagt. Hellenic Court Authority weigert.",
            ["Griekse Rekenkamer", "HCA", "Hellenic Court Authority"],
            "hellenic_court_authority",
        ),
        ("Velox stopt. Drie Velox-vliegtuigen staan stil.", ["Velox", "Velox-vliegtuigen"], "velox"),
    ],
)
def test_variants_of_an_organisations_name_are_one_actor(text: str, names: list[str], actor: str) -> None:
    """Full stops, a legal form, initials before a part, initials in brackets, and a compound with the name."""
    found = found_in(make_marked(text, [(name, "organisation") for name in names]))
    other = {"Velox Puma", "BZ Vlaanderen"}
    assert {row[1] for row in found if row[0] not in other} == {f"unlisted:{actor}"}
    assert len(found) == len(names)


def test_what_only_resembles_a_variant_stays_apart() -> None:
    """Two names with the same initials, a compound of a name the article does not have, a person and a party."""
    text = "Brede Zorg en Betere Zaken praten; BZ niet. Foxtrot-managers wel, zegt Jan Bos (NKP)."
    marks = [(name, "organisation") for name in ("Brede Zorg", "Betere Zaken", "BZ", "Foxtrot-managers")]
    found = found_in(make_marked(text, [*marks, ("Jan Bos", "person"), ("NKP", "organisation")]))
    assert [row[1].removeprefix("unlisted:") for row in found] == [
        "brede_zorg", "betere_zaken", "bz", "foxtrot_managers", "jan_bos", "nkp",
    ]  # fmt: skip


def test_dates_and_currencies_are_nobody() -> None:
    """Nor is the sign of a currency a country."""
    marks = [("02-Jul-08", "organisation"), ("GBP", "organisation"), ("Velox", "organisation")]
    assert texts_in(make_marked("02-Jul-08. Voor GBP 13 koopt Velox een schip.", marks)) == ["Velox"]
    reading = make_marked("It paid US$ 5 million. The US warned.", [], language="en")
    assert find_all_mentions(reading, EMPTY, places=True)["start"].tolist() == [27]


def test_an_article_or_a_fixed_phrase_is_no_description() -> None:
    """`De`, `in staat`."""
    tokens = {"De": {"pos": "NOUN"}, "staat": {"pos": "NOUN"}, "leden": {"pos": "NOUN", "lemma": "lid"}}
    marks = [("De", "group"), ("leden", "group"), ("staat", "government")]
    reading = make_marked("De nieuwe leden zijn in staat te winnen.", [], phrases=marks, tokens=tokens)
    assert [row[1] for row in found_in(reading)] == ["unlisted:lid"]


FLAT = {
    "Velox": {"pos": "PROPN", "dep": "nsubj", "head": "bouwt"},
    "North": {"pos": "PROPN", "dep": "flat", "head": "Velox"},
    "America": {"pos": "PROPN", "dep": "flat", "head": "Velox"},
    "747": {"pos": "NUM", "dep": "flat", "head": "Velox"},
    "bouwt": {"pos": "VERB", "dep": "ROOT", "head": "bouwt"},
}


def test_two_entities_that_the_tree_reads_as_one_name_are_one() -> None:
    """With the capital between them; not where the tree parts them, and no compound with the name after it."""
    text, marks = "Velox North America bouwt.", [("Velox", "organisation"), ("America", "place")]
    assert texts_in(make_marked(text, marks, tokens=FLAT)) == ["Velox North America"]
    apart = FLAT | {"America": FLAT["America"] | {"dep": "obj", "head": "bouwt"}}
    assert "Velox North America" not in texts_in(make_marked(text, marks, tokens=apart))
    compound = {"Velox-eigenaar": FLAT["Velox"], "Norda": FLAT["America"] | {"head": "Velox-eigenaar"}}
    marks = [("Velox-eigenaar", "organisation"), ("Norda", "organisation")]
    reading = make_marked("Velox-eigenaar Norda bouwt.", marks, tokens=FLAT | compound)
    assert texts_in(reading) == ["Velox-eigenaar", "Norda"]


def test_a_name_with_the_number_of_a_product_is_nobody() -> None:
    """Where the tree gives the number to the name, not to an amount after it; a person keeps an age."""
    text = "Velox 747 bouwt."
    assert texts_in(make_marked(text, [("Velox", "organisation")], tokens=FLAT)) == []
    assert texts_in(make_marked(text, [("Velox", "person")], tokens=FLAT)) == ["Velox"]
    amount = FLAT | {"747": {"pos": "NUM", "dep": "nummod", "head": "bouwt"}}
    assert texts_in(make_marked(text, [("Velox", "organisation")], tokens=amount)) == ["Velox"]


def test_an_organisation_that_ends_in_a_country_is_not_the_country() -> None:
    """`Bank of Norway`; where a preposition begins what was read as a name, it is the country."""
    marks = [("Bank of Norway", "ORG"), ("Norway", "GPE")]
    reading = make_marked("The Bank of Norway waits. Norway goes.", marks, language="en")
    assert [row[1] for row in found_in(reading)] == ["unlisted:bank_of_norway", "world:NO"]
    reading = make_marked("Volgens Noorwegen niet.", [("Volgens Noorwegen", "ORG")])
    assert [row[1] for row in found_in(reading)] == ["world:NO"]


def test_words_left_out_of_an_organisations_name_are_given_back() -> None:
    """Where the article has the name whole elsewhere."""
    text = "Velox Corps klaagt. Later won Velox Corps de zaak."
    assert texts_in(make_marked(text, [("Velox Corps", "organisation"), ("Corps", "organisation")])) == [
        "Velox Corps", "Velox Corps",
    ]  # fmt: skip


def test_a_compound_that_is_a_thing_is_nobody() -> None:
    """Unless the article has its maker by name; then the compound names him."""
    compound = [("Norda-software", "organisation")]
    assert texts_in(make_marked("De Norda-software faalt.", compound)) == []
    found = found_in(make_marked("Norda wacht. De Norda-software faalt.", [("Norda", "organisation"), *compound]))
    assert [row[:2] for row in found] == [["Norda", "unlisted:norda"], ["Norda-software", "unlisted:norda"]]
    assert texts_in(make_marked("De Norda-managers falen.", [("Norda-managers", "organisation")])) == ["Norda-managers"]
