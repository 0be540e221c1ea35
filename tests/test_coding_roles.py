"""Roles are shares of the weight of evidence, by hand; evidence comes from four tables and from words."""

import numpy as np
import pytest

from analysis.codebook.load import Actor, Codebook, Wording
from analysis.coding.actions.code import code_actions
from analysis.coding.claims.functions import code_functions
from analysis.coding.claims.responsibility import code_responsibility
from analysis.coding.coreference.resolve import find_all_mentions
from analysis.coding.quotes.find import find_quotes
from analysis.coding.roles.code import LEAST_SHARE, LEAST_WEIGHT, code_roles, is_present
from analysis.coding.roles.evidence import find_role_evidence
from analysis.coding.roles.words import USES, load_fine_roles, load_role_weights, load_role_words
from analysis.contracts.errors import InputError
from analysis.contracts.tables import empty_table, make_table
from analysis.reading import read_articles

MENTION = {"mention_id": "a:m0001", "article_id": "a", "sentence_id": 2, "start": 0, "end": 1, "text": "x", "actor_id": "x",
           "form": "name", "antecedent_id": None, "rule": "r"}  # fmt: skip
FRAME = {"article_id": "a", "sentence_id": 2, "frame_id": "responsibility", "score": 1.0, "evidence_start": 0,
         "evidence_end": 1, "indicator": "responsible_other", "method": "patterns", "is_counted": True}  # fmt: skip
FINE = [one for one in load_fine_roles() if one.id]


def evidence(number: int, actor: str, role: str, weight: float, *, sentence: int = 0, fine: str | None = None) -> dict:
    """One piece of evidence."""
    return {"role_evidence_id": f"a:v{number:05d}", "article_id": "a", "actor_id": actor, "role": role, "fine_role": fine,
            "sentence_id": sentence, "start": number, "end": number + 1, "origin": "deed", "row_id": None, "rule": "r",
            "weight": weight}  # fmt: skip


def roles_of(*rows: dict, mentions=(), frames=()):
    """The table ``roles`` for some evidence, by actor."""
    table = code_roles(
        make_table("mentions", list(mentions)),
        make_table("role_evidence", list(rows)),
        make_table("frames", list(frames)),
    )
    return table.set_index("actor_id")


def test_roles_are_shares_of_the_weight_of_the_actors_own_evidence():
    """A villain twice, a victim once; another actor is a victim alone."""
    roles = roles_of(
        evidence(1, "x", "villain", 1.0, sentence=0),
        evidence(2, "x", "villain", 1.0, sentence=1),
        evidence(3, "x", "victim", 1.0, sentence=2),
        evidence(4, "y", "victim", 0.9),
    )
    assert np.allclose(roles.loc["x", ["hero", "villain", "victim"]].astype(float), [0, 2 / 3, 1 / 3])
    assert roles["n_evidence"].to_dict() == {"x": 3, "y": 1}
    assert roles["is_villain"].to_dict() == {"x": True, "y": False}
    assert roles["is_victim"].to_dict() == {"x": False, "y": True}
    assert np.isnan(roles.loc["x", "responsibility"])


def test_a_sentence_counts_once_for_a_role():
    """With its heaviest evidence: a deed, an evaluation and a word of blame may tell the same."""
    roles = roles_of(evidence(1, "x", "villain", 0.5), evidence(2, "x", "villain", 0.6), evidence(3, "x", "hero", 0.6))
    assert roles.loc["x", "villain"] == roles.loc["x", "hero"] == 0.5


def test_a_role_is_present_where_weight_and_share_are_enough():
    """At the thresholds, and just below."""
    assert is_present(LEAST_WEIGHT, LEAST_WEIGHT / LEAST_SHARE)
    assert not is_present(LEAST_WEIGHT - 0.01, LEAST_WEIGHT)
    assert not is_present(LEAST_WEIGHT, LEAST_WEIGHT / LEAST_SHARE + 0.01)


def test_a_fine_role_is_of_a_role_that_is_present():
    """The heaviest of those; none where the role itself is not there."""
    roles = roles_of(
        evidence(1, "x", "villain", 1.0, fine="tyrant"),
        evidence(2, "x", "villain", 0.6, sentence=1, fine="spy"),
        evidence(3, "x", "hero", 0.3, sentence=2, fine="martyr"),
        evidence(4, "y", "hero", 0.3, fine="martyr"),
    )
    assert roles.loc["x", "fine_role"] == "tyrant"
    assert roles["fine_role"].isna().to_dict() == {"x": False, "y": True}


def test_responsibility_is_the_share_of_sentences_about_it_that_name_the_actor():
    """Two sentences ask who is responsible, one names x; y is named in none."""
    roles = roles_of(evidence(1, "y", "villain", 1.0), mentions=[MENTION], frames=[FRAME, FRAME | {"sentence_id": 5}])
    assert roles["responsibility"].to_dict() == {"x": 0.5, "y": 0.0}
    assert np.isnan(roles.loc["x", "villain"])


def test_no_evidence_gives_no_rows():
    """An article without judgement, deed or blame casts nobody."""
    assert roles_of().empty


def collect(text: str, language: str, *actors: str, evaluations=None):
    """Evidence in a text about actors that are called so."""
    words = {word: Wording(nominals=(word,)) for word in actors}
    book = Codebook(
        name="test",
        actors={word: Actor(word, {language: word}, "group", wording={language: one}) for word, one in words.items()},
    )
    article = {
        "article_id": "a1", "outlet": None, "published": None, "published_precision": None, "headline": None,
        "text": text, "language": language, "source_file": "x", "n_words": 1, "duplicate_of": None,
    }  # fmt: skip
    read = read_articles(make_table("articles", [article]))
    mentions = find_all_mentions(read, book, unlisted=False)
    quotes = find_quotes(read, mentions)
    actions = code_actions(read, mentions)
    blame = code_responsibility(read, mentions, quotes)
    judged = empty_table("evaluations") if evaluations is None else evaluations
    functions = code_functions(read, mentions, quotes, blame, judged)
    return find_role_evidence(read, mentions, judged, actions, blame, functions)


def cast(text: str, language: str, *actors: str) -> set[tuple[str, str]]:
    """Actors and roles for which there is evidence."""
    table = collect(text, language, *actors)
    return set(zip(table["actor_id"], table["role"], strict=True))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("one", load_fine_roles(), ids=lambda one: one.id or one.role)
def test_the_example_of_every_role_casts_its_actor(one, language):
    """In both languages; in the fine-grained role where it is one."""
    text, actor = one.examples[language]
    table = collect(text, language, actor)
    found = table[table["actor_id"] == actor]
    assert one.role in set(found["role"]), found
    assert not one.id or one.id in set(found["fine_role"].dropna()), found
    starts, ends = table["start"], table["end"]
    assert ((starts < ends) & (ends <= len(text))).all()


@pytest.mark.parametrize(
    ("text", "language", "actor", "role"),
    [
        ("De lekkage is een gevaar voor de bewoners.", "nl", "bewoner", "victim"),
        ("Honderden bewoners raakten hun huis kwijt.", "nl", "bewoner", "victim"),
        ("Duizenden bewoners verloren hun baan.", "nl", "bewoner", "victim"),
        ("Door de lozing van de fabriek stierven er vissen.", "nl", "fabriek", "villain"),
        ("De bewoners stellen de fabriek verantwoordelijk voor de ramp.", "nl", "fabriek", "villain"),
        ("The plan is a threat to the farmers.", "en", "farmer", "victim"),
        ("The farmers lost their land.", "en", "farmer", "victim"),
    ],
)
def test_roles_without_an_attacker(text, language, actor, role):
    """Losses, danger and causes cast too."""
    assert (actor, role) in cast(text, language, actor)


def test_what_is_denied_casts_nobody():
    """A negated word, and a deed that was not done."""
    assert not cast("De minister is geen verrader.", "nl", "minister")
    assert not cast("The minister did not betray the party.", "en", "minister")


def test_evidence_leads_back_to_its_row():
    """Evidence from blame names the row; evidence from the text itself has none."""
    text = "De bewoners stellen de fabriek verantwoordelijk. De fabriek is een vervuiler."
    table = collect(text, "nl", "fabriek", "bewoner")
    rows = table.drop_duplicates("origin").set_index("origin")["row_id"]
    assert rows["responsibility"] == "a1:r00001"
    assert rows.isna()["text"]


def test_the_lists_hold_twenty_two_fine_roles():
    """Six protagonists, twelve antagonists, four innocents, each with a definition, and known words."""
    assert len({one.id for one in FINE}) == 22
    n = [sum(one.role == role for one in FINE) for role in ("hero", "villain", "victim")]
    assert n == [6, 12, 4]
    assert all(one.definition.endswith(".") for one in FINE)
    assert set(load_role_words("nl")) == set(USES)


@pytest.mark.parametrize(
    ("name", "content", "load", "message"),
    [
        ("roles.csv", "fine_role,role\n", load_fine_roles, "lacks the column"),
        ("role_weights.csv", "origin,signal,role,weight\ndeed,x,hero,much\n", load_role_weights, "is no number"),
        ("role_weights.csv", "origin,signal,role,weight\ndeed,x,hero,-1\n", load_role_weights, "zero or more"),
        ("role_weights.csv", "origin,signal,role,weight\nluck,x,hero,1\n", load_role_weights, "is not known"),
        ("roles.csv", None, load_fine_roles, "is missing"),
    ],
)
def test_a_broken_list_is_refused(tmp_path, monkeypatch, name, content, load, message):
    """With the file, the row and what is wrong."""
    monkeypatch.setattr("analysis.coding.roles.words.CODEBOOKS", tmp_path)
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    load.cache_clear()
    with pytest.raises(InputError, match=message):
        load()
    load.cache_clear()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "nl/roles.csv is missing"),
        ("term,use,role,fine_role\nheld,has,hero,\n", "nl/roles.csv, row 2, use: 'has' is not known"),
    ],
)
def test_a_broken_list_of_a_language_is_refused(tmp_path, monkeypatch, content, message):
    """With the language, the file and the row."""
    monkeypatch.setattr("analysis.coding.language.lists.WORD_LISTS", tmp_path)
    if content is not None:
        (tmp_path / "nl").mkdir()
        (tmp_path / "nl" / "roles.csv").write_text(content, encoding="utf-8")
    load_role_words.cache_clear()
    with pytest.raises(InputError, match=message):
        load_role_words("nl")
    load_role_words.cache_clear()
