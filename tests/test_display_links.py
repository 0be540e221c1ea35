"""Labels of charts lead to the evidence browser: in the SVG alone, percent-encoded, and to filters that it knows."""

import re
from dataclasses import fields
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook.load import Actor, Codebook
from analysis.contracts.errors import UsageError
from analysis.display import (
    plot_actions,
    plot_differences,
    plot_groups,
    plot_left_out,
    plot_over_time,
    plot_pairs,
    plot_roles,
    plot_tone,
    plot_who_on_whom,
    show_figure,
)
from analysis.display.browser import Filter
from analysis.display.browser.filters import read_filter
from analysis.display.links import check_page, make_address

ALT, FINDING = "Heatmap of mean polarity, sources in rows and targets in columns.", "Iran stands lowest."
BAD_ID, BAD_LABEL = "b\"<a>&'#?", 'x"><script>alert(1)</script>'
CODEBOOK = Codebook(
    name="t",
    actors={
        "iran": Actor("iran", {"nl": "Iran", "en": "Iran"}, "country"),
        BAD_ID: Actor(BAD_ID, {"nl": BAD_LABEL, "en": BAD_LABEL}, "country"),
    },
)
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


def estimates(**columns):
    """Estimates without intervals, two a row of the columns."""
    n = len(next(iter(columns.values())))
    return pd.DataFrame(
        {**columns, "measure": "polarity", "estimate": [-0.5] * n, "ci_low": [None] * n, "ci_high": [None] * n,
         "n_units": [4] * n, "unit": "sentence", "method": "evaluations by model"}
    ).astype({"ci_low": float, "ci_high": float})  # fmt: skip


PAIRS = estimates(source_id=["author", "iran", BAD_ID], actor_id=["iran", BAD_ID, "iran"])


def draw(figure, folder, data=PAIRS, **options):
    """The SVG of a chart, parsed."""
    show_figure(figure, "x", alt=ALT, finding=FINDING, data=data, folder=folder, **options)
    text = (folder / "x.svg").read_text(encoding="utf-8")
    return ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", text))  # noqa: S314  our own


def links_of(svg) -> list[tuple[str, str]]:
    """Text and address of every link; lines of one label are one."""
    found: dict[str, str] = {}
    for link in svg.iter(f"{SVG}a"):
        text = " ".join("".join(link.itertext()).split())
        found[link.get(HREF)] = f"{found.get(link.get(HREF), '')} {text}".strip()
    return [(text, address) for address, text in found.items()]


def asked(address: str) -> dict[str, str]:
    page, _, fragment = address.partition("#")
    assert page == "evidence.html"
    return dict(parse_qsl(fragment))


def test_labels_of_a_grid_lead_to_what_a_source_says_and_what_is_said_of_a_target(tmp_path):
    """Both sides, with the kinds of findings that the chart counts."""
    svg = draw(plot_who_on_whom(PAIRS, codebook=CODEBOOK, language="en"), tmp_path)
    judged = {"kind": "judgement,neutral", "view": "sentences"}
    assert {text: asked(address) for text, address in links_of(svg)} == {
        "A": {"actor": "iran", **judged},  # letters, since a name is too long
        "B": {"actor": BAD_ID, **judged},
        "own voice (4)": {"source": "author", **judged},
        "Iran (4)": {"source": "iran", **judged},
        f"{BAD_LABEL} (4)": {"source": BAD_ID, **judged},
    }


def test_a_label_that_looks_like_markup_stays_text_and_an_id_stays_in_its_address(tmp_path):
    """Valid XML without a foreign element, addresses without a sign that could end them."""
    svg = draw(plot_pairs(add_classes(PAIRS), codebook=CODEBOOK, language="en"), tmp_path)
    assert not [element for element in svg.iter() if element.tag.endswith("script")]
    assert "<script>alert(1)" in "".join(svg.itertext())
    raw = (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert "<script" not in raw
    addresses = re.findall(r'xlink:href="([^"]*)"', raw)
    assert any("b%22%3Ca%3E%26%27%23%3F" in address for address in addresses)
    assert all(re.fullmatch(r"evidence\.html#[\w%.=&;+*-]+|#\w+|", address) for address in addresses)


def add_classes(table):
    return table.assign(n_negative=3, n_neutral=0, n_positive=1)


def test_a_pair_asks_for_its_source_and_its_target(tmp_path):
    """One row, two actors."""
    svg = draw(plot_pairs(add_classes(PAIRS), codebook=CODEBOOK, language="en"), tmp_path)
    assert [asked(address) for text, address in links_of(svg) if text == "own voice → Iran"] == [
        {"actor": "iran", "source": "author", "kind": "judgement,neutral", "view": "sentences"}
    ]


def test_links_change_nothing_else(tmp_path):
    """The SVG without its links, the PNG and the CSV are the bytes of a chart without links; and the same on every run."""
    for folder, page in (("none", None), ("one", "evidence.html"), ("two", "evidence.html")):
        draw(plot_who_on_whom(PAIRS, codebook=CODEBOOK, language="en"), tmp_path / folder, links_to=page)
    none, one, two = (
        {path.suffix: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("none", "one", "two")
    )
    assert one == two
    assert b"<a " not in none[".svg"] and b"<a " in one[".svg"]
    bare = [line.strip() for line in one[".svg"].splitlines() if not re.match(rb" *</?a[ >]", line)]
    assert bare == [line.strip() for line in none[".svg"].splitlines()]
    assert {kind: none[kind] for kind in (".png", ".csv")} == {kind: one[kind] for kind in (".png", ".csv")}


def test_the_page_may_lie_elsewhere(tmp_path):
    """A path from the chart, or an address; encoded."""
    svg = draw(plot_who_on_whom(PAIRS, codebook=CODEBOOK), tmp_path, links_to='../my "page".html')
    assert {address.split("#")[0] for _, address in links_of(svg)} == {"../my%20%22page%22.html"}


@pytest.mark.parametrize(
    "page", ["", " ", "javascript:alert(1)", "data:text/html,x", "e.html#actor=x", "http://[", "C:/e.html"]
)
def test_what_is_no_address_of_a_page_is_refused(page, tmp_path):
    """Before anything is written."""
    with pytest.raises(UsageError, match="links_to"):
        draw(plot_who_on_whom(PAIRS, codebook=CODEBOOK), tmp_path / "new", links_to=page)
    assert not (tmp_path / "new").exists()


def test_rows_that_are_no_actor_are_no_links(tmp_path):
    """Nobody, and deeds whose doer is left out."""
    actions = pd.DataFrame(
        [("a1", "iran", None, "active"), ("a1", None, "iran", "agentless_passive"), ("a1", "iran", "iran", "active")],
        columns=["article_id", "agent_id", "patient_id", "voice"],
    ).assign(negated=False, hedged=False, question=False, conditional=False, modality="none", event="kill")
    svg = draw(plot_actions(actions, codebook=CODEBOOK, language="en"), tmp_path, data=actions)
    assert [asks for _, address in links_of(svg) if (asks := asked(address))] == [
        {"actor": "iran", "kind": "deed", "view": "sentences"}
    ]


def test_panels_rows_and_legends_lead_to_outlets_and_actors(tmp_path):
    """A row of a panel asks for both; a legend for its own; a group that the browser does not filter by for nothing."""
    table = estimates(outlet=["krant", "blad"] * 2, actor_id=["iran", "iran", BAD_ID, BAD_ID]).assign(unit="article")
    told = links_of(draw(plot_groups(table, group="outlet", codebook=CODEBOOK, language="en"), tmp_path))
    assert ("krant (4)", "evidence.html#outlet=krant&actor=iran&view=sentences") in told
    assert ("Iran", "evidence.html#actor=iran&view=sentences") in told
    timed = table.assign(published=["2024-01", "2024-02"] * 2)
    told = links_of(draw(plot_over_time(timed, group="actor_id", codebook=CODEBOOK, language="en"), tmp_path))
    assert [address for text, address in told if text == "Iran"] == ["evidence.html#actor=iran&view=sentences"]
    voices = table.iloc[:2].drop(columns="actor_id").assign(voice=["own voice", "quoted"])
    assert links_of(draw(plot_groups(voices, group="voice", codebook=CODEBOOK), tmp_path)) == []


def test_charts_of_actors_lead_to_the_kind_that_they_count(tmp_path):
    """Tone to judgements, roles to roles, left-out doers to deeds; a chart by event leads nowhere."""
    tone = estimates(actor_id=["iran", BAD_ID], voice=["quoted", "quoted"])
    told = links_of(draw(plot_tone(tone, codebook=CODEBOOK, language="en"), tmp_path))
    assert ("Iran", "evidence.html#actor=iran&kind=judgement%2Cneutral&view=sentences") in told and len(told) == 2
    roles = pd.DataFrame({"actor_id": ["iran"], "hero": [1], "villain": [2], "victim": [0], "n_sentences": [3]})
    told = links_of(draw(plot_roles(roles, codebook=CODEBOOK, language="en"), tmp_path))
    assert told == [("Iran (3)", "evidence.html#actor=iran&kind=role&view=sentences")]
    deeds = {"n_agent": [2], "n_patient": [2], "n_verbal": [2], "n_agentless": [1], "n_unlisted_agent": [0]}
    by_actor = pd.DataFrame({"patient_id": ["iran"], **deeds})
    told = links_of(draw(plot_left_out(by_actor, codebook=CODEBOOK, language="en"), tmp_path))
    assert told == [("Iran (2)", "evidence.html#actor=iran&kind=deed&view=sentences")]
    assert links_of(draw(plot_left_out(pd.DataFrame({"event": ["kill"], **deeds}), codebook=CODEBOOK), tmp_path)) == []


@pytest.mark.parametrize("about", ["actor_id", "frame_id", None])
def test_differences_lead_to_their_actor_alone(about, tmp_path):
    """Not to a frame, by which the browser does not filter."""
    table = pd.DataFrame(
        {"group_a": ["krant"], "group_b": ["others"], "difference": [0.3], "ci_low": [0.1], "ci_high": [0.5],
         "p_value": [0.01], "p_adjusted": [0.02], "n_articles_a": [9], "n_articles_b": [9], "measure": ["tone"]}
    )  # fmt: skip
    table = table.assign(**{about: "iran"}) if about else table
    told = links_of(draw(plot_differences(table, codebook=CODEBOOK, language="en"), tmp_path))
    assert [address for _, address in told] == (
        ["evidence.html#actor=iran&view=sentences"] if about == "actor_id" else []
    )


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["outlet", "actor", "source"]), st.text(max_size=20)))
def test_the_browser_reads_an_address_as_it_was_meant(asks):
    """Whatever an id holds."""
    address = make_address(asks)
    assert re.fullmatch(r"#[\w%.=&+*~-]*", address, re.ASCII)
    read = read_filter(dict(parse_qsl(address[1:])))
    assert {field.name: getattr(read, field.name) for field in fields(Filter) if getattr(read, field.name)} == {
        key: value for key, value in asks.items() if value
    }


def test_no_page_is_no_link():
    """None stays None."""
    assert check_page(None, "x") is None
