"""Quotes: gold sentences per construction, whole articles, the seed, and what must hold of any text."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook.load import EMPTY, Actor, Codebook, Wording, load_codebook
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.language.marks import find_spans
from analysis.coding.quotes.find import find_quotes
from analysis.contracts.paths import CODEBOOKS, SEEDS
from analysis.contracts.tables import make_table
from analysis.reading import Reading, read_articles

GOLD = Path(__file__).parent / "gold"
PEOPLE = {
    "karel_poot": ["Karel Poot", "Poot"], "oudkerk": ["Premier Oudkerk"], "van_loon": ["Van Loon"],
    "ria_bos": ["FNV-voorvrouw Ria Bos"], "teun_hofstra": ["Teun Hofstra", "Hofstra"], "joan_birch": ["Joan Birch", "Birch"],
    "fatima_el_amrani": ["Fatima el Amrani"],
}  # fmt: skip
"""Names of the gold sentences: without trees only those of a codebook are found."""
LISTED = load_codebook(GOLD / "mentions_codebook.yaml")
CODEBOOK = replace(
    LISTED,
    actors={
        **LISTED.actors,
        **{
            key: Actor(
                key, {"nl": names[0]}, "person", wording=dict.fromkeys(("nl", "en"), Wording(names=tuple(names)))
            )
            for key, names in PEOPLE.items()
        },
    },
)


def make_reading(*texts: str, language: str = "nl", first: int = 0, reading: str = "rules") -> Reading:
    """Texts as articles a0, a1, ..., read by the rules or with the model."""
    rows = [
        {
            "article_id": f"a{number}", "outlet": None, "published": None, "published_precision": None, "headline": None,
            "text": text, "language": language, "source_file": "test", "n_words": len(text.split()), "duplicate_of": None,
        }
        for number, text in enumerate(texts, start=first)
    ]  # fmt: skip
    return read_articles(make_table("articles", rows), reading=reading)


def load_gold() -> list[pytest.param]:
    """Entries of the gold files as test cases."""
    return [
        pytest.param(language, entry, id=f"{language}-{number}")
        for language in ("nl", "en")
        for number, entry in enumerate(yaml.safe_load((GOLD / f"quotes_{language}.yaml").read_text(encoding="utf-8")))
    ]


def quotes_in(text: str, codebook: Codebook = CODEBOOK, language: str = "nl", reading: str = "rules") -> pd.DataFrame:
    """Quotes of one text, with the words said and the speaker's words."""
    read = make_reading(text, language=language, reading=reading)
    text = read.articles["text"][0]
    mentions = find_all_mentions(read, codebook)
    quotes = find_quotes(read, mentions)
    said = [text[start:end] for start, end in zip(quotes["start"], quotes["end"], strict=True)]
    named = dict(zip(mentions["mention_id"], mentions["text"], strict=True))
    speakers = [named.get(key, "") for key in quotes["source_mention_id"]]
    return quotes.assign(
        said=said, speaker=speakers, cue=quotes["cue"].fillna(""), source_id=quotes["source_id"].fillna("")
    )


@pytest.mark.parametrize(("language", "entry"), load_gold())
def test_gold_sentence_gives_exactly_its_quotes(language: str, entry: dict) -> None:
    """Each gold sentence yields its quotes, speakers and cues, and no other."""
    quotes = quotes_in(entry["text"], language=language)
    assert quotes[["said", "speaker", "kind", "cue"]].to_numpy().tolist() == entry["quotes"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_article_in_another_domain_gives_its_voices(language: str) -> None:
    """A farmers' protest and a dock strike: every direct and partial quote has the right speaker."""
    text = (GOLD / f"quotes_article_{language}.txt").read_text(encoding="utf-8")
    expected = yaml.safe_load((GOLD / f"quotes_article_{language}.yaml").read_text(encoding="utf-8"))
    quotes = quotes_in(text, language=language)
    quotes = quotes[quotes["kind"] != "indirect"]
    found = quotes[["said", "source_id", "kind"]].to_numpy().tolist()
    assert [
        [said[: len(first)], source, kind] for (said, source, kind), (first, *_) in zip(found, expected, strict=True)
    ] == expected


VOICES = [
    ("Nee, nee, Amerika. Nee, nee, Trump", "demonstrators", "Nee, nee, Trump"),
    ("De inzet van de soldaten", "esper", "personeel en faciliteiten"),
    ("georkestreerde aanval", "trump", "georkestreerde aanval"),
    ("Iran zal volledig", "trump", "Gelukkig Nieuwjaar"),
    ("onbeschaamd", "iran_foreign_ministry", "onbeschaamd"),
    ("protesten van het", "iran_foreign_ministry", "zijn gedood"),
    ("Opnieuw geeft die man", "khamenei", "Irak en andere landen."),
    ("De Amerikanen zijn niet gewenst", "al_khazali", "dat ze vertrekken"),
]


def seed_text() -> str:
    """The seed article."""
    return next(iter(sorted(SEEDS.glob("*.txt")))).read_text(encoding="utf-8")


def test_seed_gives_every_voice() -> None:
    """The voices of the seed article, with their speakers, over as many sentences as they run."""
    quotes = quotes_in(seed_text(), load_codebook(CODEBOOKS / "seed.yaml"))
    quotes = quotes[quotes["kind"] != "indirect"]
    assert len(quotes) == len(VOICES)
    for row, (first, source, last) in zip(quotes.itertuples(), VOICES, strict=True):
        assert (row.said.startswith(first), row.said.endswith(last), row.source_id) == (True, True, source)


RENAMED = {
    "Donald Trump": "Gerrit Balm", "Trump": "Balm", "Mark Esper": "Wim Trog", "Ali Khamenei": "Bo Sturm",
    "Qais al-Khazali": "Nuri al-Basri", "Amerikaan": "Zuidlander", "Amerikaans": "Zuidlands", "Amerikaanse": "Zuidlandse",
    "Amerikaanse ": "Zuidlandse ", "Iraans": "Noords", "Iraanse": "Noordse", "Irakezen": "Westers", "Irakees": "Wester",
    "Iraaks": "Westlands", "Iraakse": "Westlandse", "Iran": "Noordrijk", "Irak": "Westland", "VS": "ZR",
    "Amerika": "Zuidrijk", "Teheran": "Noordstad", "Washington": "Zuidstad", "Bagdad": "Weststad",
}  # fmt: skip


def rename(text: str) -> str:
    """The text with other names, the longest first."""
    for name in sorted(RENAMED, key=len, reverse=True):
        text = text.replace(name, RENAMED[name])
    return text


def test_renaming_the_actors_renames_the_rows_only(tmp_path: Path) -> None:
    """Nothing is special-cased for the seed: other names in article and codebook give the same voices."""
    book = (CODEBOOKS / "seed.yaml").read_text(encoding="utf-8").replace("include: [frames_generic.yaml]\n", "")
    path = tmp_path / "renamed.yaml"
    path.write_text(rename(book), encoding="utf-8")
    quotes = quotes_in(seed_text(), load_codebook(CODEBOOKS / "seed.yaml"))
    renamed = quotes_in(rename(seed_text()), load_codebook(path))
    columns = ["kind", "source_id", "cue"]
    pd.testing.assert_frame_equal(renamed[columns], quotes[columns])
    assert [rename(said) for said in quotes["said"]] == renamed["said"].tolist()


def test_seed_speakers_need_no_codebook() -> None:
    """With an empty codebook the named speakers are found by their names."""
    sources = quotes_in(seed_text(), EMPTY, reading="model")["source_id"].tolist()
    assert {"unlisted:mark_esper", "unlisted:trump", "unlisted:ali_khamenei", "unlisted:qais_al_khazali"} <= set(
        sources
    )


def test_unclosed_mark_spoils_no_other_quote() -> None:
    """A mark that is never closed leaves the quotes before and after it as they are."""
    text = "‘Ja’, zei Karel Poot.\n\nVan Dalen zei: ‘Nee, nooit. Toen ging zij.\n\n‘Jammer’, aldus Karel Poot."
    assert quotes_in(text)[["said", "speaker"]].to_numpy().tolist() == [
        ["Ja", "Karel Poot"], ["Nee, nooit.", "Van Dalen"], ["Jammer", "Karel Poot"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘Ga weg’, zei hij.", [("Ga weg", 0)]),
        ("’s Avonds riep Jan’s broer: “Kom!”", [("Kom!", 0)]),
        ("„Kom”, zei hij. „Ga“, zei zij.", [("Kom", 0), ("Ga", 0)]),
        ("‘Hij zei “ja” tegen mij’", [("Hij zei “ja” tegen mij", 0), ("ja", 1)]),
        ("“Hij zei ‘ja’ tegen mij”", [("Hij zei ‘ja’ tegen mij", 0), ("ja", 1)]),
        ("“Don't go,” she said, 'not now.'", [("Don't go,", 0), ("not now.", 0)]),
        ('Een 19" scherm en "een woord" erbij', [("een woord", 0)]),
        ("‘’ en “ ”", []),
    ],
)
def test_marks_pair_whatever_their_shape(text: str, expected: list[tuple[str, int]]) -> None:
    """Marks of every shape pair; apostrophes, inches and empty pairs do not."""
    assert [(text[span.start : span.end], span.depth) for span in find_spans(text, [(0, len(text))])] == expected


def test_articles_apart_or_together_give_the_same_rows() -> None:
    """Coding is by article: parts concatenate to the whole."""
    texts = ["‘Ja’, zei Karel Poot.", "‘Nee’, zei hij.", ""]

    def code(*chosen: str, first: int = 0) -> pd.DataFrame:
        reading = make_reading(*chosen, first=first)
        return find_quotes(reading, find_all_mentions(reading, CODEBOOK))

    parts = [code(text, first=number) for number, text in enumerate(texts)]
    pd.testing.assert_frame_equal(code(*texts), make_table("quotes", pd.concat(parts, ignore_index=True)))


PIECES = st.sampled_from(
    [
        "Van Dalen",
        "Karel Poot",
        "de menigte",
        "zei",
        ", zei",
        "aldus",
        "volgens",
        "dat",
        ": ‘",
        "‘Wij gaan",
        "naar huis’",
        "“",
        "”",
        "„",
        '"',
        "'",
        "«",
        ".",
        ",",
        "?",
        "\n\n",
        "hij",
        "ontkent",
        "liet",
        "weten",
        "’s",
        "Jans’",
        "…",
        "—",
        "noemt het",
        "een",
        "te gaan",
        "‘onzin’",
        "(Poot, red.)",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS | st.text(alphabet="‘’“”\"'.,: Aab\nzei dat", max_size=100), language=st.sampled_from(["nl", "en"]))
def test_any_text_gives_bounded_quotes_without_overlap(text: str, language: str) -> None:
    """Unbalanced marks never crash; spans are bounded, in order and apart; the cue stands where it is said to."""
    quotes = quotes_in(text, language=language)
    text = make_reading(text, language=language).articles["text"][0]
    last = 0
    for row in quotes.itertuples():
        assert 0 <= row.start < row.end <= len(text)
        assert row.start >= last
        last = row.end
        if row.cue:
            words = row.cue.split()
            span = text[row.cue_start : row.cue_end]
            assert span.startswith(words[0])
            assert span.endswith(words[-1])


@pytest.mark.parametrize("prefix", ["Het regent.\n\n", "De zon schijnt weer.\n\n"])
def test_quote_does_not_depend_on_where_it_stands(prefix: str) -> None:
    """The same paragraph gives the same speech wherever it stands."""
    text = "‘Wij gaan door’, zei Karel Poot van Veldbelang."
    columns = ["said", "speaker", "kind", "cue"]
    assert quotes_in(prefix + text)[columns].equals(quotes_in(text)[columns])
