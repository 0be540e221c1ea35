"""The teaching corpus is complete, coded twice, and holds the differences that its README says were planted."""

import hashlib
import itertools
import re

import krippendorff
import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.codebook.load import load_codebook
from analysis.corpus import load_corpus
from analysis.corpus.language import detect_language
from analysis.corpus.layout import split_paragraphs

FOLDER = paths.DATA / "teaching"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
CODEBOOK = load_codebook(paths.CODEBOOKS / "teaching.yaml")
CODERS = ("coder_a", "coder_b", "gold")
FRAMES = ["conflict", "responsibility", "human_interest", "economic", "morality"]
KINDS = ["n_direct", "n_partial", "n_indirect"]
ROLES = {"official", "company", "organisation", "citizen", "expert"}
NAMED_VICTIMS = ("akkerman", "fatima_ouali", "van_rossum", "lamers", "de_wit", "cor_blok")
PLAN = {  # outlet: fire, blockade, strike
    "ochtendwacht": (2, 4, 2),
    "klaroen": (4, 2, 2),
    "veerblad": (4, 2, 2),
    "pdn": (3, 3, 2),
    "courier": (3, 3, 2),
}


def read_coding(coder: str, kind: str) -> pd.DataFrame:
    """One coder's file: tone, voices or frames."""
    return pd.read_csv(FOLDER / "coding" / coder / f"{kind}.csv", keep_default_na=False)


def read_articles() -> pd.DataFrame:
    """The files of the corpus as they lie there, by article_id, with the columns that no reader asks for."""
    tables = [pd.read_csv(path, keep_default_na=False) for path in sorted(FOLDER.glob("articles/*.csv"))]
    return pd.concat(tables).set_index("article_id").sort_index()


def read_full_texts() -> pd.Series:
    """Headline and text by article_id."""
    articles = read_articles()
    return articles["headline"] + "\n\n" + articles["text"]


@pytest.fixture(scope="module")
def corpus():
    """The corpus through the reader that a study uses."""
    return load_corpus(FOLDER / "articles")


def test_there_are_forty_articles_one_file_each(corpus):
    """Thirty Dutch, ten English, none refused, repaired or undated; the file is named after the article."""
    assert corpus.notices.empty
    assert corpus.articles["language"].value_counts().to_dict() == {"nl": 30, "en": 10}
    assert [detect_language(text) for text in corpus.articles["text"]] == corpus.articles["language"].tolist()
    assert {path.stem for path in FOLDER.glob("articles/*.csv")} == set(corpus.articles["article_id"])


def test_every_outlet_has_its_articles(corpus):
    """Outlets and events are as planned, and the plan in the README is this one."""
    articles = read_articles()
    counts = articles.groupby("outlet")["event"].value_counts().unstack()[["fire", "blockade", "strike"]]
    assert {outlet: tuple(row) for outlet, row in zip(counts.index, counts.to_numpy().tolist(), strict=True)} == PLAN
    assert set(corpus.articles["outlet"]) == set(CODEBOOK.outlets)
    for outlet, (fire, blockade, strike) in PLAN.items():
        assert re.search(rf"\| {outlet} \|[^|]*\| 8 \| {fire} \| {blockade} \| {strike} \|", README), outlet
    assert articles[articles["language"] == "en"]["outlet"].value_counts().to_dict() == {"courier": 8, "pdn": 2}


def test_articles_have_the_length_and_the_dates_of_news(corpus):
    """250 to 600 words, within two weeks, to the day, in both weeks."""
    assert corpus.articles["n_words"].between(250, 600).all()
    assert (corpus.articles["published_precision"] == "day").all()
    assert corpus.articles["published"].between("2025-03-03", "2025-03-16").all()
    assert (corpus.articles["published"] < "2025-03-10").groupby(corpus.articles["outlet"]).sum().between(3, 5).all()


def test_articles_have_the_parts_of_news(corpus):
    """Headline, byline, lead and body in each; captions in some; quotation marks of five kinds."""
    assert read_articles()[["headline", "byline"]].ne("").to_numpy().all()
    parts = [
        [paragraph.part for paragraph in split_paragraphs(row["text"], row["headline"])]
        for row in corpus.articles.to_dict("records")
    ]
    assert all({"headline", "lead", "body"} <= set(found) for found in parts)
    assert sum("caption" in found for found in parts) >= 6
    everything = "".join(corpus.articles["text"])
    assert all(mark in everything for mark in '"„“‘’')


def test_two_wire_stories_are_nearly_the_same_and_no_others():
    """Sequences of five words are shared by the agency's story and its copy, and hardly by any other pair."""
    shingles = {}
    for article_id, text in read_articles()["text"].items():
        words = re.findall(r"\w+", text.lower())
        shingles[article_id] = set(zip(*(words[start:] for start in range(5)), strict=False))
    overlap = {
        pair: len(shingles[pair[0]] & shingles[pair[1]]) / len(shingles[pair[0]] | shingles[pair[1]])
        for pair in itertools.combinations(sorted(shingles), 2)
    }
    twins = ("ow_07", "pdn_07")
    assert 0.8 < overlap.pop(twins) < 1
    assert max(overlap.values()) < 0.1
    assert "`pdn_07`" in README
    assert "`ow_07`" in README


@pytest.mark.parametrize("coder", CODERS)
def test_the_coding_is_complete_and_keeps_to_the_codebook(coder):
    """Every article has every kind of coding, with known actors, codes and roles, each once and in order."""
    ids = set(read_articles().index)
    tone, voices, frames = (read_coding(coder, kind) for kind in ("tone", "voices", "frames"))
    assert set(tone["article_id"]) == set(voices["article_id"]) == ids
    assert frames["article_id"].tolist() == sorted(ids)
    assert set(tone["actor_id"]) <= set(CODEBOOK.actors)
    assert not tone.duplicated(["article_id", "actor_id"]).any()
    assert not voices.duplicated(["article_id", "source_id", "name"]).any()
    assert tone["tone"].isin([-1, 0, 1]).all()
    assert tone["mixed"].isin([0, 1]).all()
    assert frames[FRAMES].isin([0, 1]).to_numpy().all()
    assert set(voices["source_id"]) <= {*CODEBOOK.actors, "other"}
    assert set(voices["role"]) == ROLES
    assert (voices[KINDS].sum(axis=1) > 0).all()
    assert (voices[KINDS] >= 0).to_numpy().all()


@pytest.mark.parametrize("coder", CODERS)
def test_whoever_is_named_or_quoted_has_a_code_of_tone(coder):
    """A full name in the text is coded, so is a quoted actor, and the article names whoever is quoted."""
    articles, texts = read_articles(), read_full_texts()
    tone, voices = read_coding(coder, "tone"), read_coding(coder, "voices")
    coded = tone.groupby("article_id")["actor_id"].agg(set)
    for article_id, text in texts.items():
        named = set()
        for actor_id, actor in CODEBOOK.actors.items():
            wording = actor.wording.get(articles.loc[article_id, "language"])
            if wording and any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in wording.names):
                named.add(actor_id)
        assert named <= coded[article_id], article_id
    quoted = voices[voices["source_id"] != "other"]
    assert all(row.source_id in coded[row.article_id] for row in quoted.itertuples())
    for row in voices.itertuples():
        proper = re.findall(r"[A-ZÖÇŞ]\w+", row.name)
        assert all(word in texts[row.article_id] for word in proper), row


def test_the_gold_standard_lies_with_one_of_the_coders():
    """Adjudication chooses between the two codes; where they agree it changes nothing."""
    for kind, keys, columns in (
        ("tone", ["article_id", "actor_id"], ["tone"]),
        ("frames", ["article_id"], FRAMES),
        ("voices", ["article_id", "source_id", "name"], KINDS),
    ):
        first, second, gold = (read_coding(coder, kind).set_index(keys)[columns] for coder in CODERS)
        assert set(gold.index) <= set(first.index) | set(second.index)
        assert set(gold.index) >= set(first.index) & set(second.index)
        ours = gold.to_numpy()
        same = (first.reindex(gold.index).to_numpy() == ours) | (second.reindex(gold.index).to_numpy() == ours)
        assert same.all(), kind


def write_cells(coder: str, coding: str) -> dict[tuple[str, str], str]:
    """One coder's codes as adjudication.csv writes them: unit by article and actor, frame or source."""
    if coding == "tone":
        table = read_coding(coder, "tone")
        return {(row.article_id, row.actor_id): str(row.tone) for row in table.itertuples()}
    if coding == "frames":
        table = read_coding(coder, "frames").melt("article_id", FRAMES, "frame")
        return {(row.article_id, row.frame): str(row.value) for row in table.itertuples()}
    cells = {}
    for row in read_coding(coder, "voices").itertuples():
        counts = f"{row.n_direct} {row.n_partial} {row.n_indirect}"
        cells[row.article_id, f"{row.source_id}: {row.name}"] = row.role if coding == "roles" else counts
    return cells


@pytest.mark.parametrize("coding", ["tone", "frames", "voices", "roles"])
def test_every_difference_is_adjudicated_with_a_reason(coding):
    """The file has each difference of the two coders once, with both codes, the code of the gold and why."""
    table = pd.read_csv(FOLDER / "coding" / "adjudication.csv", keep_default_na=False, dtype=str)
    assert table["reason"].ne("").all()
    rows = table[table["coding"] == coding].set_index(["article_id", "unit"])
    assert rows.index.is_unique
    first, second, gold = (write_cells(coder, coding) for coder in CODERS)
    units = set(first) & set(second) if coding == "roles" else set(first) | set(second)
    different = {unit for unit in units if first.get(unit, "") != second.get(unit, "")}
    assert different == set(rows.index)
    for unit, row in rows.iterrows():
        codes = [cells.get(unit, "") for cells in (first, second, gold)]
        assert row[list(CODERS)].tolist() == codes, unit


def measure_agreement() -> dict[str, tuple[int, str]]:
    """Units and alpha, as the README prints them; a source that one coder lacks has no quotes there, and no role."""
    tones = [read_coding(coder, "tone").set_index(["article_id", "actor_id"])["tone"] for coder in CODERS[:2]]
    both = pd.concat(tones, axis=1, join="inner")
    frames = [
        read_coding(coder, "frames").melt("article_id", FRAMES, "frame").set_index(["article_id", "frame"])["value"]
        for coder in CODERS[:2]
    ]
    keys = ["article_id", "source_id", "name"]
    voices = [read_coding(coder, "voices").set_index(keys)[KINDS] for coder in CODERS[:2]]
    quotes = pd.concat(voices, axis=1, keys=["a", "b"]).fillna(0)
    roles = pd.concat(
        [read_coding(coder, "voices").set_index(keys)["role"] for coder in CODERS[:2]], axis=1, join="inner"
    )
    pairs = {
        "tone, ordinal": (both, "ordinal"),
        "tone, nominal": (both, "nominal"),
        "frames, all five": (pd.concat(frames, axis=1), "nominal"),
        **{
            f"frame {frame}": (pd.concat([codes.xs(frame, level=1) for codes in frames], axis=1), "nominal")
            for frame in FRAMES
        },
        "quotes of a source": (quotes.T.groupby(level=0).sum().T, "interval"),
        "role of a source": (roles.apply(lambda column: column.map(sorted(ROLES).index)), "nominal"),
        **{f"quotes, {kind[2:]}": (quotes.xs(kind, axis=1, level=1), "interval") for kind in KINDS},
    }
    found = {}
    for name, (codes, level) in pairs.items():
        alpha = krippendorff.alpha(codes.to_numpy(float).T, level_of_measurement=level)
        found[name] = (len(codes), f"{alpha:.3f}".removeprefix("0"))
    return found


def test_the_reported_agreement_is_the_agreement():
    """Units and alpha in the README's table are those of the two files."""
    rows = re.findall(r"^\| (.+?) \| (\d+) \| (\d?\.\d{3}) \|$", README, re.MULTILINE)
    assert {name: (int(units), alpha) for name, units, alpha in rows} == measure_agreement()


def bootstrap_difference(values: pd.DataFrame, is_first: np.ndarray) -> tuple[float, float, float]:
    """Difference of two ratios of sums with its 95 % interval over articles, the groups resampled apart."""
    generator = np.random.default_rng(20250316)
    means = []
    for chosen in (is_first, ~is_first):
        group = values[chosen].to_numpy(float)
        draws = group[generator.integers(len(group), size=(5000, len(group)))].sum(axis=1)
        means.append((group[:, 0].sum() / group[:, 1].sum(), draws[:, 0] / draws[:, 1]))
    low, high = np.percentile(means[0][1] - means[1][1], [2.5, 97.5])
    return means[0][0] - means[1][0], float(low), float(high)


def measure_statement(name: str) -> tuple[float, float, float]:
    """The difference that one statement of the README is about, in the gold standard."""
    articles = read_articles()
    tone, voices, frames = (read_coding("gold", kind) for kind in ("tone", "voices", "frames"))
    ones = pd.Series(1, index=articles.index)
    tones = {actor_id: rows.set_index("article_id")["tone"] for actor_id, rows in tone.groupby("actor_id")}
    victims = tone[tone["actor_id"].isin(NAMED_VICTIMS)].groupby("article_id").size()
    quotes = voices.assign(n=voices[KINDS].sum(axis=1)).groupby("article_id")["n"].sum()
    official = voices[voices["role"] == "official"]
    official = official.assign(n=official[KINDS].sum(axis=1)).groupby("article_id")["n"].sum()
    toned = (tone.set_index("article_id")["tone"] != 0).groupby(level=0)
    carried = frames.set_index("article_id")
    statements = {
        "S1": (tones["het_tij"], ones, "ochtendwacht", None),
        "S2": (carried["economic"], ones, "ochtendwacht", None),
        "S3": (tones["norvelin"], ones, "klaroen", None),
        "S4": (carried["human_interest"], ones, "veerblad", None),
        "S5": (victims.reindex(articles.index, fill_value=0), ones, "veerblad", None),
        "S6": (toned.sum(), toned.size(), "pdn", None),
        "S7": (official.reindex(articles.index, fill_value=0), quotes, "courier", None),
        "S8": (tones["norvelin"], ones, "second week", None),
        "N1": (tones["stouthart"], ones, "klaroen", None),
        "N2": (tones["fire_brigade"], ones, "veerblad", None),
        "N3": (tones["fire_brigade"], ones, "second week", None),
        "N4": (carried["conflict"], ones, "pdn", "courier"),
        "N5": (quotes, ones, "ochtendwacht", "klaroen"),
    }
    numerator, denominator, group, other = statements[name]
    values = pd.concat([numerator, denominator], axis=1, join="inner").sort_index()
    about = articles.loc[values.index]
    if other is not None:
        values = values[about["outlet"].isin([group, other])]
        about = about.loc[values.index]
    is_first = about["published"] >= "2025-03-10" if group == "second week" else about["outlet"] == group
    return bootstrap_difference(values, is_first.to_numpy())


@pytest.mark.parametrize("name", [f"S{number}" for number in range(1, 9)] + [f"N{number}" for number in range(1, 6)])
def test_what_was_planted_is_there(name):
    """Slants exclude zero on the stated side, non-differences include it, and the README prints these numbers."""
    difference, low, high = measure_statement(name)
    assert (low > 0 or high < 0) if name.startswith("S") else low <= 0 <= high
    line = next(line for line in README.splitlines() if line.startswith(f"| {name} "))
    if name.startswith("S"):
        assert (difference < 0) == bool(re.search("lower|smaller", line))
    assert line.endswith(f"| {difference:+.2f} | {low:+.2f} to {high:+.2f} |")


def test_the_courier_quotes_officials_but_once():
    """No other role is quoted there but in the one row that the README names, and elsewhere all roles are."""
    voices = read_coding("gold", "voices")
    is_courier = voices["article_id"].str.startswith("lc_")
    others = voices[is_courier & (voices["role"] != "official")]
    assert others[["article_id", *KINDS]].to_numpy().tolist() == [["lc_05", 0, 0, 1]]
    assert set(voices[~is_courier]["role"]) == ROLES


def test_nothing_was_changed_after_the_coding():
    """Articles, codings and adjudication are those whose checksums were written down."""
    lines = (FOLDER / "checksums.sha256").read_text(encoding="utf-8").splitlines()
    written = dict(reversed(line.split("  ", 1)) for line in lines)
    files = [*FOLDER.glob("articles/*.csv"), *FOLDER.glob("coding/**/*.csv")]
    found = {path.relative_to(FOLDER).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert found == written
