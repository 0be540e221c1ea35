"""Tables and figures as shown: literal output, the same bytes twice, no figure without words."""

import base64
import html
from xml.etree import ElementTree

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from nbconvert import HTMLExporter, MarkdownExporter

from analysis.contracts.errors import UsageError
from analysis.display import show_figure, show_table
from analysis.display.charts import style
from analysis.display.charts.style import new_figure
from analysis.display.show import NARROWEST

ALT, FINDING = "Dot chart of tone per actor on an axis from -1 to 1.", "Iran stands lowest (−0.50, n < 12)."
TABLE = pd.DataFrame({"actor_id": ["<b>", "iran"], "tone": [-0.001, np.nan], "n": [3, 12], "negated": [True, False]})


def figure():
    drawn = new_figure()
    drawn.add_subplot().plot([0, 1], [0, 1], label="x")
    return drawn


def test_a_table_prints_as_aligned_text():
    """Rounded, no negative zero, a dash for no evidence."""
    assert repr(show_table(TABLE, caption="Tone")) == (
        "Tone\nactor_id  tone   n  negated\n<b>       0.00   3  True\niran         –  12  False"
    )


def test_a_table_shows_as_plain_html():
    """Escaped, headers with scope, nothing random."""
    assert show_table(TABLE[["actor_id", "tone"]], n=1)._repr_html_() == (
        '<table>\n<thead><tr><th scope="col">actor_id</th><th scope="col">tone</th></tr></thead>\n<tbody>\n'
        '<tr><th scope="row" style="text-align: left">&lt;b&gt;</th><td style="text-align: right">0.00</td></tr>\n'
        "</tbody>\n</table>\n<p>... 1 more row</p>\n"
    )


def test_a_long_text_in_a_table_is_wide_enough_to_read():
    """Beside a cell without a space, sentences stood a word a line."""
    table = pd.DataFrame({"cues": ["a:-0.10|" * 9, "a"], "sentence": ["A word. " * 9, "A word."]})
    shown = show_table(table)._repr_html_()
    assert shown.count("min-width: 16em; overflow-wrap: anywhere") == 2


def test_a_chart_keeps_its_type_readable_on_a_phone(tmp_path):
    """Its type is 7 points or more; the page does not widen, the figure scrolls."""
    assert 7 / style.SMALL * style.FIGURE_SIZE[0] * 96 <= NARROWEST
    shown = show_figure(figure(), "x", alt=ALT, finding="It shows one.", data=TABLE, folder=tmp_path)._repr_html_()
    assert f"min-width: {NARROWEST}px" in shown and "overflow-x: auto" in shown


def test_a_table_shows_a_named_index_and_missing_integers():
    """Keys are never lost."""
    table = pd.DataFrame({"cue_start": pd.array([4, None], dtype="Int64")}, index=pd.Index(["a", "b"], name="quote_id"))
    assert repr(show_table(table)) == "quote_id  cue_start\na                 4\nb                 –"


def test_an_empty_table_keeps_its_columns():
    """No rows is a result."""
    assert repr(show_table(TABLE.iloc[:0])) == "actor_id  tone  n  negated"


def test_a_table_takes_no_negative_options():
    """Wrong usage is said."""
    with pytest.raises(UsageError, match="0 or more"):
        show_table(TABLE, decimals=-1)


def test_a_figure_is_saved_three_times_and_byte_identical(tmp_path):
    """PNG, SVG and the CSV behind it, the same on every run."""
    written = []
    for folder in ("one", "two"):
        show_figure(figure(), "04_tone", alt=ALT, finding=FINDING, data=TABLE, folder=tmp_path / folder)
        written.append({file.name: file.read_bytes() for file in sorted((tmp_path / folder).iterdir())})
    assert written[0] == written[1]
    assert list(written[0]) == ["04_tone.csv", "04_tone.png", "04_tone.svg"]


def test_the_files_hold_no_date_and_no_version(tmp_path):
    """What differs between machines stays out."""
    show_figure(figure(), "x", alt=ALT, finding=FINDING, data=TABLE, folder=tmp_path)
    svg = (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert "dc:date" not in svg and "matplotlib.org" not in svg and "DejaVu Sans" in svg
    assert b"Software" not in (tmp_path / "x.png").read_bytes()


def test_the_csv_is_rounded_and_has_no_negative_zero(tmp_path):
    """Six decimals, unix line ends."""
    table = pd.DataFrame({"a": ["é"], "b": [1 / 3], "c": [-0.0]})
    show_figure(figure(), "x", alt=ALT, finding=FINDING, data=table, folder=tmp_path)
    assert (tmp_path / "x.csv").read_bytes() == "a,b,c\né,0.333333,0.0\n".encode()


def test_a_figure_is_shown_with_its_alt_text_and_closed(tmp_path):
    """The alt text stands in the text that notebooks compare, in the image's HTML and in its metadata."""
    drawn = figure()
    data, metadata = show_figure(drawn, "x", alt=ALT, finding=FINDING, data=TABLE, folder=tmp_path)._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG") and data["text/plain"].startswith(f"figure x: {ALT} {FINDING}")
    assert metadata == {"image/png": {"alt": f"{ALT} {FINDING}"}}
    assert plt.get_fignums() == [] and drawn.axes == []


def test_the_finding_is_a_caption_that_everybody_sees(tmp_path):
    """A figure with the image, its alt text and the finding, all escaped: nothing in a label can break out."""
    nasty = 'Jansen & "Zonen" <script>alert(1)</script> stand lowest.'
    shown = show_figure(figure(), "x", alt=ALT, finding=nasty, data=TABLE, folder=tmp_path)._repr_html_()
    parsed = ElementTree.fromstring(shown)  # noqa: S314  our own
    image, caption = parsed
    assert (parsed.tag, image.tag, caption.tag) == ("figure", "img", "figcaption")
    assert caption.text == nasty and image.get("alt") == f"{ALT} {nasty}"
    assert (
        base64.b64decode(image.get("src").removeprefix("data:image/png;base64,")) == (tmp_path / "x.png").read_bytes()
    )
    assert "<script" not in shown


@pytest.mark.parametrize("exporter", [HTMLExporter, MarkdownExporter])
def test_alt_text_and_finding_survive_export(tmp_path, exporter):
    """The default templates of nbconvert drop what stands in metadata alone."""
    data, metadata = show_figure(
        figure(), "x", alt=ALT, finding=FINDING, data=TABLE, folder=tmp_path
    )._repr_mimebundle_()
    data = data | {"image/png": base64.b64encode(data["image/png"]).decode("ascii")}
    cell = nbformat.v4.new_code_cell("show_figure()", execution_count=1)
    cell.outputs = [nbformat.v4.new_output("execute_result", data=data, metadata=metadata, execution_count=1)]
    exported, _ = exporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert f'alt="{html.escape(f"{ALT} {FINDING}")}"' in exported
    assert f"<figcaption>{html.escape(FINDING)}</figcaption>" in exported


def test_a_figure_without_a_finding_is_refused(tmp_path):
    """A chart that shows nothing says so in words."""
    with pytest.raises(UsageError, match="finding is empty"):
        show_figure(figure(), "x", alt=ALT, finding=" ", data=TABLE, folder=tmp_path)


def test_a_figure_leaves_the_table_alone(tmp_path):
    """The data are copied before they are rounded."""
    before = TABLE.copy(deep=True)
    show_figure(figure(), "x", alt=ALT, finding=FINDING, data=TABLE, folder=tmp_path)
    pd.testing.assert_frame_equal(TABLE, before)


@pytest.mark.parametrize("alt", ["", "chart", "figure 04_tone", "a" * 60, "   ".join(["bar"] * 6)])
def test_an_alt_text_that_says_nothing_is_refused(alt, tmp_path):
    """Nothing is written without words."""
    with pytest.raises(UsageError, match="alt text"):
        show_figure(figure(), "x", alt=alt, finding="x.", data=TABLE, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("slug", ["", "../x", "A", "x.png", "x y", "_x"])
def test_a_slug_that_is_no_file_name_is_refused(slug, tmp_path):
    """No path gets out of the folder."""
    with pytest.raises(UsageError, match="slug"):
        show_figure(figure(), slug, alt=ALT, finding=FINDING, data=TABLE, folder=tmp_path)
