"""Charts and findings of roles and framing functions: what is drawn is what was counted."""

import pandas as pd
import pytest

from analysis.codebook.load import Actor, Codebook
from analysis.contracts.errors import InputError
from analysis.contracts.tables import empty_table
from analysis.display import plot_functions, plot_roles
from analysis.display.findings.roles import describe_functions, describe_roles
from analysis.measures.casting import count_functions, count_roles

CODEBOOK = Codebook(
    name="test",
    actors={key: Actor(key, {"nl": name}, "crowd") for key, name in (("farmers", "Boeren"), ("police", "Politie"))},
)
EVIDENCE = pd.DataFrame(
    [("a", 0, "police", "villain"), ("a", 1, "police", "villain"), ("a", 1, "police", "hero"), ("a", 2, "farmers", "victim")],
    columns=["article_id", "sentence_id", "actor_id", "role"],
)  # fmt: skip
FUNCTIONS = pd.DataFrame(
    [("author", "police", "causal_attribution"), ("farmers", "police", "causal_attribution"), ("farmers", None, "problem_definition")],
    columns=["source_id", "actor_id", "function"],
).assign(negated=False)  # fmt: skip


def ticks(axes):
    """Labels of the rows."""
    return [tick.get_text() for tick in axes.get_yticklabels()]


def numbers(axes):
    """Numbers on the chart, in the order drawn."""
    return [text.get_text() for text in axes.texts if text.get_visible() and text.get_text()]


def test_a_bar_holds_the_sentences_of_each_role():
    """The actor with most sentences on top; a panel a role, since bars end to end would count a sentence twice."""
    charts = plot_roles(count_roles(EVIDENCE), codebook=CODEBOOK).axes
    assert ticks(charts[0]) == ["Politie  (2)", "Boeren  (1)"]
    assert [axes.get_title(loc="left") for axes in charts] == ["held", "schurk", "slachtoffer"]
    assert [[bar.get_width() for bar in axes.patches] for axes in charts] == [[1, 0], [2, 0], [0, 1]]
    assert [numbers(axes) for axes in charts] == [["1"], ["2"], ["1"]]
    assert {bar.get_x() for axes in charts for bar in axes.patches} == {0}
    assert len({axes.get_xlim() for axes in charts}) == 1


def test_functions_by_source_and_by_actor():
    """A number in each cell with evidence; the columns say what the side does or undergoes."""
    axes = plot_functions(count_functions(FUNCTIONS), codebook=CODEBOOK).axes[0]
    assert ticks(axes) == ["Boeren  (2)", "eigen stem  (1)"]
    assert numbers(axes) == ["1", "1", "1"]
    axes = plot_functions(count_functions(FUNCTIONS, by="actor_id"), codebook=CODEBOOK, language="en").axes[0]
    assert numbers(axes) == ["2"]
    assert [tick.get_text().replace("\n", " ") for tick in axes.get_xticklabels()][1] == "is blamed"


def test_no_evidence_is_said():
    """Both charts, without axes."""
    for figure in (
        plot_roles(count_roles(empty_table("role_evidence")), codebook=CODEBOOK),
        plot_functions(count_functions(empty_table("functions")), codebook=CODEBOOK),
    ):
        assert not figure.axes[0].axison


def test_another_table_is_refused():
    """With what to pass."""
    with pytest.raises(InputError, match="pass count_roles"):
        plot_roles(FUNCTIONS, codebook=CODEBOOK)
    with pytest.raises(InputError, match="pass count_functions"):
        plot_functions(EVIDENCE, codebook=CODEBOOK)


def test_findings_name_who_is_drawn_in_each_role():
    """`Heroes: nobody` stood beside a bar of a hero: the finding counts what the chart does, and of its actors only."""
    counts = count_roles(EVIDENCE)
    assert describe_roles(counts, codebook=CODEBOOK, language="en") == (
        "2 actors. Most sentences as hero: Politie (1); villain: Politie (2); victim: Boeren (1)."
    )
    assert describe_roles(counts, codebook=CODEBOOK, top=1, language="en") == (
        "1 actor (shown, of 2 actors). Most sentences as hero: Politie (1); villain: Politie (2); victim: nobody."
    )
    assert describe_roles(counts.iloc[:0], codebook=CODEBOOK, language="en") == "Nobody is cast in a role."


def test_findings_name_who_comes_first_in_each_function():
    """Of the rows that are shown."""
    counts = count_functions(FUNCTIONS)
    assert describe_functions(counts, codebook=CODEBOOK, language="en") == (
        "3 functions in 2 rows. Most often defines problems: Boeren (1); names causes: Boeren (1); judges: nobody; "
        "says what should be done: nobody."
    )
    first = describe_functions(counts, codebook=CODEBOOK, top=1, language="en")
    assert first.startswith("2 functions in 1 row (shown, of 2 rows).")
    nothing = describe_functions(count_functions(FUNCTIONS.iloc[:0]), codebook=CODEBOOK, language="en")
    assert nothing.startswith("No framing")
