"""Both desks in a real JupyterLab in a real Chromium: keys and clicks do what they say, no text becomes a script.

Skipped where there is no chromium.
"""

import pytest

from analysis import paths
from analysis.hand_coding.adjudication import adjudicate, write_notebook
from analysis.hand_coding.cells import read_csv
from analysis.hand_coding.sheets import write_sample
from analysis.measures.sampling import draw_sample
from tests.chromium import PROGRAM, Page
from tests.hand_coding_tables import make_tables
from tests.lab import DESK, KEYS, PATIENCE, run_notebook, serve_lab, write_cell
from tests.test_adjudication import fill

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="the program chromium is not installed")

HOSTILE = ' <script>alert("article")</script> <img src=x onerror="alert(1)">'
SAMPLE = draw_sample(make_tables(extra=HOSTILE), n=12, seed=1)
PLACE = int(SAMPLE["text"].str.contains("<script>").to_numpy().argmax())
"""Of the unit whose text tries to be a script: the coders differ on it and on two more."""
DIFFER = sorted({PLACE, (PLACE + 3) % 12, (PLACE + 6) % 12})
NOTE, CARD = f"{DESK} textarea:not([placeholder^=click])", f"{DESK} .widget-html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two coders' sheets, and a notebook with a desk for a third and for whoever adjudicates."""
    made = tmp_path_factory.mktemp("lab")
    note = f"</div><script>alert('note')</script>{HOSTILE}"
    fill(made, "anna", [0] * 12)
    fill(made, "ben", [int(place in DIFFER) for place in range(12)], {PLACE: note})
    write_sample(SAMPLE, made / "sample.csv")
    sheets = [made / "anna.csv", made / "ben.csv"]
    write_notebook(
        made / "clara.ipynb", sheets, made / "sample.csv", paths.CODEBOOKS / "frames_generic.yaml", coder="clara"
    )
    lines = [
        "from analysis.hand_coding.desk import CodingDesk",
        "from analysis.hand_coding.sheets import read_sample",
        "CodingDesk(read_sample('sample.csv'), 'dave.csv', coder='dave')",
    ]
    write_cell(made / "dave.ipynb", lines)
    return made


@pytest.fixture(scope="module")
def lab(folder, tmp_path_factory):
    """Chromium, and the address of JupyterLab."""
    with serve_lab(folder) as address, Page(tmp_path_factory.mktemp("chromium"), patience=PATIENCE) as page:
        yield page, address


def codes_in(path):
    """Codes on disk, by unit, in the order in which they were given."""
    return {row[0]: row[3] for row in read_csv(path)[1:]} if path.exists() else {}


def wait_for(page, text):
    """Until the desk says something."""
    page.until(f"document.querySelector('{DESK}').innerText.includes({text!r})")


def act(page, what, text):
    """Do something that brings another unit, with a note field of its own; wait for both."""
    page.do(f"document.querySelector('{NOTE}').dataset.old = 'yes'")
    what()
    wait_for(page, text)
    page.until(f"document.querySelector('{NOTE}') && !document.querySelector('{NOTE}[data-old]')")


def is_text(page):
    """Whether nothing of an article or a note has become an element, and no dialog has opened."""
    found = page.do(f"document.querySelectorAll('{DESK} script, {DESK} img').length")
    return found == 0 and not any("alert" in complaint or "dialog" in complaint for complaint in page.complaints)


def overflow(page):
    """What of the desk does not fit the width of the window."""
    return page.do(
        f"[...document.querySelectorAll('{DESK}, {DESK} *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".map(e => e.className + ' ' + e.getBoundingClientRect().right)"
    )


def test_the_coding_desk_is_worked_by_keys_and_by_clicks(lab, folder):
    """A key typed in the field codes and brings the next unit; so does a button; u takes back."""
    (page, address), units = lab, SAMPLE["unit"].tolist()
    run_notebook(page, address, "dave.ipynb")
    before = len(page.complaints)
    page.click(KEYS)
    for n_coded, key in enumerate("-0", start=1):
        act(page, lambda key=key: page.press(key), f"{n_coded} coded")
    act(page, lambda: page.click(f"{DESK} button[title^=positive]"), "3 coded")
    assert codes_in(folder / "dave.csv") == dict(zip(units, ["-1", "0", "1"], strict=False))
    act(page, lambda: page.press("u"), "2 coded")
    page.press("Tab")
    assert page.do(f"document.activeElement === document.querySelector('{NOTE}')")
    page.call("Input.insertText", text="who is this?")
    page.press("Tab", shift=True)
    act(page, lambda: page.press("1"), "3 coded")
    assert read_csv(folder / "dave.csv")[-1][3:5] == ["1", "who is this?"]
    assert is_text(page) and page.complaints[before:] == []


def test_the_adjudication_desk_shows_both_codes_and_wants_a_reason(lab, folder):
    """Side by side with what each code means; the reason, the code, the next unit; the file makes the reference."""
    page, address = lab
    run_notebook(page, address, "clara.ipynb")
    before = len(page.complaints)
    wait_for(page, "unit 1 of 3")
    shown = page.text(DESK)
    assert "anna: 0" in shown and "ben: 1" in shown and "neutral: named" in shown and "positive: praised" in shown
    boxes = page.do(
        f"[...document.querySelectorAll('{CARD} div[style*=flex-wrap] > div')].map(e => e.getBoundingClientRect().top)"
    )
    assert len(boxes) == 2 and boxes[0] == boxes[1]
    page.click(KEYS)
    page.press("0")
    wait_for(page, "Write the reason first")
    assert codes_in(folder / "clara.csv") == {}
    seen = shown
    for number in range(1, 4):
        page.press("Tab")
        page.call("Input.insertText", text=f"rule {number}")
        page.press("Tab", shift=True)
        act(page, lambda: page.press("-"), f"{number} coded")
        seen += page.text(DESK)
    wait_for(page, "All 3 units are coded")
    assert '<script>alert("article")' in seen and "<script>alert('note')" in seen
    assert is_text(page) and page.complaints[before:] == []
    found = adjudicate([folder / "anna.csv", folder / "ben.csv"], SAMPLE, decided=[folder / "clara.csv"])
    settled = found.reference[found.reference["how"] == "adjudicated"].set_index("unit")
    assert settled["reason"][SAMPLE["unit"][DIFFER]].tolist() == ["rule 1", "rule 2", "rule 3"]


@pytest.mark.parametrize("name", ["dave.ipynb", "clara.ipynb"])
def test_a_desk_fits_a_phone(lab, name):
    """At 390 px nothing stands outside the window, and keys work."""
    page, address = lab
    page.resize(390, 844)
    try:
        run_notebook(page, address, name)
        assert overflow(page) == []
        page.click(KEYS)
        page.press("?")
        wait_for(page, "The key ? means nothing here")
    finally:
        page.resize(1100, 900)
