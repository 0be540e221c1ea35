"""One person, one organisation: where a name ends, and which part of it may stand for it."""

import pytest

from analysis.codebook.load import EMPTY
from analysis.coding.mentions.find import find_mentions
from analysis.corpus.selection import articles_from_texts
from analysis.reading import read_articles
from tests.misread import MISREAD


def actors_of(text: str, language: str = "nl") -> list[list[str]]:
    """Text and actor of the mentions of names."""
    mentions = find_mentions(read_articles(articles_from_texts([text], language=language)), EMPTY)
    return mentions.loc[mentions["form"].isin(["name", "title"]), ["text", "actor_id"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("language", "text", "first", "actor"),
    [
        ("nl", "Burgemeester Anna de Vries van Dordrecht wil een brug. De Vries hoopt op steun.",
         "Burgemeester Anna de Vries", "anna_de_vries"),
        ("nl", "Anna de Vries van Dordrecht wil een brug. De Vries hoopt op steun.", "Anna de Vries", "anna_de_vries"),
        ("nl", "Minister Jansen van Justitie treedt af. Jansen zei dat het genoeg is.", "Minister Jansen", "jansen"),
        ("nl", "Wethouder El Amrani uit Zwolle wil een brug. El Amrani hoopt op steun.",
         "Wethouder El Amrani", "el_amrani"),
        ("nl", "Staatssecretaris Anna van Dijk van Financiën is boos. Van Dijk wil geld.",
         "Staatssecretaris Anna van Dijk", "anna_van_dijk"),
        ("en", "Mayor Anna Smith of Leeds wants a bridge. Smith said it is needed.", "Mayor Anna Smith", "anna_smith"),
        ("en", "Minister Karin Holm of Finance resigned. Holm was tired.", "Minister Karin Holm", "karin_holm"),
    ],
)  # fmt: skip
def test_where_somebody_belongs_is_no_part_of_the_name(
    request: pytest.FixtureRequest, language: str, text: str, first: str, actor: str
) -> None:
    """At the very beginning of a text too, with a title and without; the last name alone is the same person."""
    if text.startswith("Burgemeester Anna de Vries van"):
        request.applymarker(MISREAD)
    rows = [row for row in actors_of(text, language) if actor.rsplit("_", maxsplit=1)[-1] in row[1]]
    assert rows[0] == [first, f"unlisted:{actor}"]
    assert {row[1] for row in rows} == {f"unlisted:{actor}"}
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jan Willem van Dijk is boos. Van Dijk wil geld.", "jan_willem_van_dijk"),
        ("Sybe Karst van Dalen is boos. Van Dalen wil geld.", "sybe_karst_van_dalen"),
    ],
)
def test_van_of_a_last_name_stays(text: str, name: str) -> None:
    """After first names, and where the article calls somebody by it, ``van`` begins the last name."""
    assert {row[1] for row in actors_of(text)} == {f"unlisted:{name}"}


def test_noun_that_only_describes_is_no_part_of_the_name() -> None:
    """``energiebedrijf`` before the name, where the article has the name alone as well."""
    rows = actors_of("Gisteren ging energiebedrijf Zonnig Noord failliet. Zonnig Noord had schulden.")
    assert rows == [["Zonnig Noord", "unlisted:zonnig_noord"]] * 2


def test_university_is_not_its_city() -> None:
    """An institution that bears the name of its place keeps it whole."""
    rows = actors_of("Universiteit Leiden zoekt studenten. Leiden wacht op geld.")
    assert rows[0] == ["Universiteit Leiden", "unlisted:universiteit_leiden"]
    assert all(actor == "unlisted:leiden" for _, actor in rows[1:])
