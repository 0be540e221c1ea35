"""`Study` and its charts: what the notebooks show, a line each."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qsl

import nbformat
import pandas as pd
import pytest
from IPython.core.completer import Completer
from matplotlib import pyplot

from analysis import Study, paths
from analysis.contracts.errors import InputError, UsageError
from analysis.display import show
from analysis.display.browser.filters import read_filter
from analysis.display.charts.facade import CHARTS
from analysis.display.translation import read_translation, translate_notebook

NOTEBOOKS = {
    "mentions": "02_mentions",
    "voices": "03_voices",
    "tone": "04_tone",
    "frames_by_method": "05_frames_by_method",
    "frames_by_paragraph": "05_frames_by_paragraph",
    "frames_by_actor": "05_frames_by_actor",
    "frames_by_voice": "05_frames_by_voice",
    "who_on_whom": "06_who_on_whom",
    "pairs": "06_pairs",
    "actions": "06_actions",
    "agency": "08_agency",
    "left_out": "08_left_out",
    "roles": "09_roles",
    "functions": "09_functions_by_source",
    "functions_by_actor": "09_functions_by_actor",
}
"""Where the notebooks show each chart."""
SEED = paths.CODEBOOKS / "seed.yaml"


@pytest.fixture(scope="module")
def studies(tmp_path_factory) -> dict[str, Study]:
    """The seed in both languages."""
    folder = tmp_path_factory.mktemp("mine")
    return {
        language: Study(paths.SEEDS, SEED, language=language, figures_at=folder / language) for language in ("nl", "en")
    }


@pytest.fixture
def write_study(tmp_path):
    """A function that makes a study of texts, with a codebook of one actor and no frame."""

    def write(*texts: str, **options: object) -> Study:
        folder = tmp_path / "articles"
        folder.mkdir()
        for number, text in enumerate(texts, start=1):
            (folder / f"a{number}.txt").write_text(text, encoding="utf-8")
        codebook = tmp_path / "codebook.yaml"
        codebook.write_text(
            "name: small\nactors:\n"
            "  - {id: bakker, label: {nl: Bakker, en: Baker}, type: person, nl: {names: [Bakker]}, en: {names: [Baker]}}\n",
            encoding="utf-8",
        )
        return Study(folder, codebook, **{"figures_at": tmp_path / "drawn"} | options)

    return write


@pytest.fixture(scope="module")
def shown_by_notebooks(studies) -> dict[tuple[str, str], tuple[str, str]]:
    """Alt text and finding of every chart, by language and slug: the notebooks' own cells, on the tables of a study."""
    shown: dict[tuple[str, str], tuple[str, str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        for language, study in studies.items():

            def record(figure, slug, *, alt, finding, language=language, **_):
                pyplot.close(figure)
                shown[language, slug] = (alt, finding)

            patch.setattr(show, "show_figure", record)
            for name in sorted({slug[:2] for slug in NOTEBOOKS.values()}):
                names = {"tables": study.tables, "articles": study.articles, "codebook": study.codebook}
                names |= {"language": language, "actors": None, "seed": 2020, "figures_at": None}
                for source in cells_of(name, language):
                    exec(compile(source, name, "exec"), names)  # noqa: S102  our own notebooks
    return shown


def cells_of(name: str, language: str) -> list[str]:
    """Cells of the notebook that begins so, from its imports to its last chart, but for those that code articles."""
    (path,) = (paths.NOTEBOOKS / "en").glob(f"{name}_*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    if language == "nl":
        notebook = translate_notebook(
            notebook, read_translation(paths.TRANSLATIONS / "notebooks" / f"{path.stem}.yaml")
        )
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code" and not cell.metadata.get("tags")]
    last = max(place for place, source in enumerate(cells) if "show_figure(" in source)
    return [
        source
        for source in cells[: last + 1]
        if not re.search(r"load_codebook\(|articles_from_texts\(|^explain_|^show_evidence", source)
    ]


def test_every_chart_of_one_corpus_is_there():
    """Those of notebooks 02 to 09, but for what the seventh repeats, what the fifth has stored, and charts by hand."""
    drawn = {path.stem for path in (paths.FIGURES / "en").glob("0[2-9]_*.csv") if not path.stem.endswith("_by_hand")}
    assert set(NOTEBOOKS.values()) == {stem for stem in drawn if not stem.startswith("07")} - {"05_reliability"}
    assert list(NOTEBOOKS) == list(CHARTS)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_chart_is_that_of_the_notebook(studies, shown_by_notebooks, name, language):
    """The same rows, whatever the language, and the same words."""
    view = getattr(studies[language].plot, name)()
    folder = Path(studies[language].plot._figures_at)
    written = pd.read_csv(folder / f"{name}.csv")
    pd.testing.assert_frame_equal(written, pd.read_csv(paths.FIGURES / "en" / f"{NOTEBOOKS[name]}.csv"))
    assert all((folder / f"{name}.{kind}").is_file() for kind in ("png", "svg"))
    alt, finding = shown_by_notebooks[language, NOTEBOOKS[name]]
    assert (view.alt, view.finding) == (f"{alt} {finding}", finding)


@pytest.mark.parametrize("name", CHARTS)
def test_labels_lead_to_sentences_of_the_browser(studies, name):
    """Every link of every chart finds some; charts of frames, events and functions of no actor have none."""
    study = studies["en"]
    getattr(study.plot, name)()
    svg = (Path(study.plot._figures_at) / f"{name}.svg").read_text(encoding="utf-8")
    addresses = {html.unescape(found) for found in re.findall(r'<a xlink:href="([^"]*)"', svg)}
    assert bool(addresses) == (name not in {"frames_by_method", "frames_by_paragraph", "left_out"})
    for address in addresses:
        page, fragment = address.split("#")
        assert page == "evidence.html"
        asked = read_filter(dict(parse_qsl(fragment)))
        assert study._browser._queries.sentences(asked, "en")["total"] > 0, address


def test_charts_speak_the_language_of_the_study(studies):
    """Findings and labels are Dutch in a Dutch study."""
    assert studies["nl"].plot.tone().finding != studies["en"].plot.tone().finding
    assert "beoordelingen" in studies["nl"].plot.tone().finding


def test_a_chart_is_the_same_whatever_was_drawn_before(studies):
    """Chance begins anew for each."""
    plot = studies["en"].plot
    first = plot.tone()
    plot.pairs()
    assert plot.tone().checksum == first.checksum


def test_charts_without_evidence_say_so(write_study):
    """Empty charts with a finding, no error; the codebook has no frame."""
    study = write_study("Het regent.")
    assert all(getattr(study.plot, name)().finding for name in CHARTS)


def test_charts_of_a_text_without_evidence_say_so(tmp_path):
    """Nor with a codebook that has frames."""
    (tmp_path / "a1.txt").write_text("Het regent.", encoding="utf-8")
    study = Study(tmp_path / "a1.txt", SEED, figures_at=tmp_path)
    assert all(getattr(study.plot, name)().finding for name in CHARTS)


def test_an_unknown_chart_names_those_there_are(studies):
    """A UsageError for a reader, an AttributeError for Python."""
    plot = studies["en"].plot
    with pytest.raises(UsageError, match=r"no chart 'tones'; did you mean tone\? There are mentions, voices, tone"):
        plot.tones()
    assert not hasattr(plot, "pie")
    assert not hasattr(plot, "_repr_html_")
    assert repr(plot).startswith("charts: mentions, voices, tone")


def test_charts_are_completed_and_explained(studies):
    """`dir` lists them alone, Jupyter completes them, and each has a docstring."""
    assert dir(studies["en"].plot) == sorted(CHARTS)
    assert all(getattr(studies["en"].plot, name).__doc__ for name in CHARTS)
    completed = Completer(namespace={"study": studies["en"]}).attr_matches("study.plot.")
    assert {f"study.plot.{name}" for name in CHARTS} <= set(completed)


def test_figures_come_in_the_working_directory_by_default(write_study, tmp_path, monkeypatch):
    """That where the study was made, not the project's folder."""
    monkeypatch.chdir(tmp_path)
    study = write_study("Het regent.", figures_at="figures")
    monkeypatch.chdir(paths.ROOT)
    study.plot.mentions()
    assert sorted(path.name for path in (tmp_path / "figures").iterdir()) == [
        "mentions.csv",
        "mentions.png",
        "mentions.svg",
    ]
    assert not (paths.FIGURES / "mentions.csv").exists()


def test_actors_narrow_the_charts_and_not_the_tables(studies, tmp_path):
    """As in the notebooks."""
    study = Study(paths.SEEDS, SEED, language="en", actors=["trump"], figures_at=tmp_path)
    study.plot.mentions()
    assert set(pd.read_csv(tmp_path / "mentions.csv")["actor_id"]) == {"trump"}
    assert len(study.tables.mentions) == len(studies["en"].tables.mentions)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"actors": ["Iran"]}, "no actor with the id 'Iran'; did you mean 'iran'"),
        ({"actors": ["zzzzzz"]}, "look the ids up"),
        ({"actors": "iran"}, r"give a list such as \['iran'\]"),
        ({"language": "fr"}, "not 'fr'"),
        ({"links_to": "evidence.html#actor=iran"}, "no address of a page"),
    ],
)
def test_what_a_study_cannot_take_is_refused_with_what_to_do(options, said):
    """Before anything is read."""
    with pytest.raises(UsageError, match=said):
        Study("nowhere", SEED, **options)


def test_actors_outside_the_codebook_may_be_named(write_study):
    """Their ids have a colon."""
    assert write_study("Het regent.", actors=["unlisted:jansen"]).plot.mentions().finding


def test_articles_are_selected_as_in_the_notebooks():
    """No article of that outlet or period is left, which is said."""
    with pytest.raises(InputError, match="Change outlets"):
        Study(paths.SEEDS, SEED, outlets=["De Courant"])
    with pytest.raises(InputError, match="Change dates"):
        Study(paths.SEEDS, SEED, dates=("1990", "1991"))


def test_columns_say_what_a_table_of_articles_holds(write_study, tmp_path):
    """As for `load_corpus`."""
    write_study("Het regent.")
    (tmp_path / "mine.csv").write_text("Verhaal,Wanneer\nJansen prijst Bakker.,2020-01-02\n", encoding="utf-8")
    study = Study(
        tmp_path / "mine.csv", tmp_path / "codebook.yaml", columns={"text": "Verhaal", "published": "Wanneer"}
    )
    assert study.articles["published"].tolist() == ["2020-01-02"]
    assert study.articles.equals(study.tables.articles)
    assert study.notices.empty


def test_a_study_says_what_results_are_about(studies):
    """Printed, it limits what follows."""
    assert repr(studies["en"]).startswith("One article: all results describe this article only")
    assert repr(studies["nl"]).startswith("Eén artikel")


def test_tables_are_shown_with_labels_in_the_language(studies):
    """Ids become labels, and the rest is counted."""
    quotes = studies["nl"].tables.quotes
    shown = studies["nl"].show(quotes, n=1, caption="Citaten")
    assert "source_id" not in shown.keys and "source" in shown.keys
    assert (len(shown.rows), shown.n_left_out, shown.language) == (1, len(quotes) - 1, "nl")
    assert len(studies["en"].show(quotes, n=None).rows) == len(quotes)


def test_explain_takes_labels_rows_and_estimates(studies):
    """And refuses what there is not, naming what looks like it."""
    study = studies["en"]
    quote = study.tables.quotes["quote_id"].iloc[0]
    assert quote in repr(study.explain(quote))
    assert repr(study.explain("Iran")) == repr(study.explain("tone:actor_id=iran"))
    assert repr(study.explain(quote)) != repr(studies["nl"].explain(quote))
    with pytest.raises(InputError, match="explain"):
        study.explain("nobody of that name")


def test_evidence_of_one_article_is_that_article(studies):
    """As show_evidence gives it, in the language."""
    (article_id,) = studies["nl"].articles["article_id"]
    view = studies["nl"].evidence()
    assert view == studies["nl"].evidence(article_id)
    assert 'class="fw-evidence" lang="nl"' in view.body
    assert "fw-quote" not in studies["nl"].evidence(layers=["actors"]).body


def test_evidence_of_more_articles_has_their_titles(write_study):
    """Escaped; what is left out is counted."""
    study = write_study("Jansen prijst Bakker.", "Bakker & <b>Jansen</b> zwijgen.", "Bakker slaapt.", language="en")
    view = study.evidence(n=2)
    assert view.body.count("<h3>") == 2
    assert repr(view).splitlines()[-1] == "... 1 more article; name its id to see it"
    assert "<b>" not in view.body
    assert study.evidence("a2", "a3").article_id == "a2, a3"
    assert "more article" not in repr(study.evidence())
    assert study.evidence(n=1).body.count("<h3>") == 1


def test_a_study_is_browsed_at_an_actor(write_study, tmp_path, monkeypatch):
    """By its label; in a file, the page to which the charts lead."""
    study = write_study("Jansen prijst Bakker.", language="en", links_to="mine.html")
    monkeypatch.chdir(tmp_path)
    assert repr(study.browse("Baker")) == "evidence browser of 1 article, open at #actor=bakker&view=sentences"
    view = study.browse(actor="bakker", kind="mention", to="drawn/mine.html", height=300)
    assert 'src="drawn/mine.html"' in view._repr_html_() and 'height="300"' in view._repr_html_()
    assert "Jansen prijst Bakker." in (tmp_path / "drawn" / "mine.html").read_text(encoding="utf-8")
    study.plot.mentions()
    assert '"mine.html#actor=bakker&amp;view=sentences"' in (tmp_path / "drawn" / "mentions.svg").read_text(
        encoding="utf-8"
    )
    with pytest.raises(UsageError, match="no actor 'Bakkr'; did you mean 'bakker'"):
        study.browse("Bakkr")


def test_evidence_refuses_what_there_is_not(studies):
    """Articles and numbers."""
    with pytest.raises(InputError, match="no article 'a9'"):
        studies["en"].evidence("a9")
    with pytest.raises(UsageError, match="1 or more"):
        studies["en"].evidence(n=0)
