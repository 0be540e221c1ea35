"""The evidence view: nothing hostile gets through, nothing of the text is lost, and nesting holds."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebook.load import Actor, Codebook, Frame, Indicator
from analysis.contracts.errors import InputError, UsageError
from analysis.contracts.tables import LAYERS, Tables, empty_table, make_table
from analysis.display import show_evidence, write_evidence
from analysis.display.explanations.evidence import _mark_text, _Span, page_names, render_article

BAD = "<script>alert(1)</script>"
TEXT = f"Jan zei: ‘{BAD} Piet is laf & dom.’\n\nFoto van Jan."
CODEBOOK = Codebook(
    name="t",
    actors={"jan": Actor("jan", {"nl": BAD}, "person"), "piet": Actor("piet", {"nl": "Piet"}, "person")},
    frames={"conflict": Frame("conflict", {"nl": "conflict\"'<i>"}, "d", "s", (Indicator("force", BAD),))},
)


def tables(article_id: str = "a1", text: str = TEXT) -> Tables:
    first, quoted, cue = text.index("Jan"), text.index("<"), text.index("laf")
    piet = text.index("Piet")
    made = {name: empty_table(name) for name in LAYERS}
    common = {"article_id": article_id, "sentence_id": 0}
    made["articles"] = make_table(
        "articles",
        [{"article_id": article_id, "outlet": "<o>", "published": "2024", "published_precision": "year", "headline": BAD,
          "text": text, "language": "nl", "source_file": "f", "n_words": 9, "duplicate_of": None}],
    )  # fmt: skip
    end = text.index("\n\n")
    made["sentences"] = make_table(
        "sentences",
        [common | {"start": 0, "end": end, "paragraph": 0, "part": "body", "text": text[:end]},
         {"article_id": article_id, "sentence_id": 1, "start": end + 2, "end": len(text), "paragraph": 1, "part": "caption",
          "text": text[end + 2 :]}],
    )  # fmt: skip
    mention = {"form": "name", "antecedent_id": None, "rule": BAD}
    made["mentions"] = make_table(
        "mentions",
        [common | mention | {"mention_id": f"{article_id}:m0001", "start": first, "end": first + 3, "text": "Jan", "actor_id": "jan"},
         common | mention | {"mention_id": f"{article_id}:m0002", "start": piet, "end": piet + 4, "text": "Piet", "actor_id": "piet"}],
    )  # fmt: skip
    made["quotes"] = make_table(
        "quotes",
        [{"quote_id": f"{article_id}:q0001", "article_id": article_id, "start": quoted, "end": text.index("’"), "kind": "direct",
          "source_id": "jan", "source_mention_id": f"{article_id}:m0001", "cue": "zei", "cue_start": 4, "cue_end": 7, "outer_id": None, "rule": "r"}],
    )  # fmt: skip
    made["evaluations"] = make_table(
        "evaluations",
        [common | {"evaluation_id": f"{article_id}:e0001", "source_id": "jan", "target_id": "piet",
          "target_mention_id": f"{article_id}:m0002", "polarity": -0.5, "p_negative": None, "p_neutral": None, "p_positive": None, "p_source": None,
          "negated": False, "hedged": True, "question": False, "conditional": False, "denied": False, "ground": "word", "outer_source_id": None, "cue_start": cue, "cue_end": cue + 3, "cues": "laf:-0.50|dom:-0.50", "method": "lexicon"}],
    )  # fmt: skip
    made["frames"] = make_table(
        "frames",
        [common | {"frame_id": "conflict", "score": 1.0, "evidence_start": piet, "evidence_end": cue + 3, "indicator": "force", "method": BAD, "is_counted": True}],
    )  # fmt: skip
    return Tables(**made)


class Reader(HTMLParser):
    """Collects text and complains about wrong nesting."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):  # noqa: ARG002  the parser's signature
        """Open an element."""
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Close the element opened last, or complain."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Collect text outside the small labels."""
        if not {"small", "sup", "style"} & set(self.open):
            self.text += data


def read(source: str) -> str:
    reader = Reader()
    reader.feed(source)
    assert reader.open == []
    return reader.text


def test_a_script_in_article_label_or_codebook_stays_text():
    """Nothing from outside becomes markup, in a notebook or on a page."""
    for source in (
        show_evidence(tables(), "a1", CODEBOOK)._repr_html_(),
        render_article(tables(), "a1", codebook=CODEBOOK),
    ):
        assert "<script" not in source and "<i>" not in source and "<o>" not in source
        assert html.escape(BAD) in source
        read(source)


def test_the_text_is_whole_whatever_is_marked():
    """Without the small labels the article reads as it was."""
    body = show_evidence(tables(), "a1", CODEBOOK).body
    marked = body[body.index('dir="auto">') + len('dir="auto">') : body.index("</div>")]
    assert read(marked).split() == TEXT.split()


def test_every_layer_is_marked_by_class_shape_and_words():
    """Number, bracket with speaker, triangle with the number of the target, letter."""
    body = show_evidence(tables(), "a1", CODEBOOK).body
    for part in ('class="fw-actor"', '>1</sup>', f"[{html.escape(BAD)}: </small>", "]</small>", "▼2</sup>", ">A</sup>", "fw-negative",
                 "−0,50 over Piet", "onder voorbehoud"):  # fmt: skip
        assert part in body, part
    assert 'class="fw-caption"' in body


def test_layers_can_be_left_out():
    """Only what is asked for is marked."""
    body = show_evidence(tables(), "a1", CODEBOOK, layers=("actors",)).body
    assert "fw-actor" in body and "fw-quote" not in body and "fw-cue" not in body and "fw-frame" not in body


def test_unknown_layers_and_articles_are_refused():
    """The message names what there is."""
    with pytest.raises(UsageError, match="actors, quotes, evaluations, frames"):
        show_evidence(tables(), "a1", CODEBOOK, layers=("tone",))
    with pytest.raises(InputError, match="'b'"):
        show_evidence(tables(), "b", CODEBOOK)


def test_it_prints_as_a_stable_line():
    """No address, no markup."""
    assert repr(show_evidence(tables(), "a1", CODEBOOK)) == "bewijs in a1: 2 actoren, 1 citaat, 1 beoordeling, 1 frame"
    english = show_evidence(tables(), "a1", CODEBOOK, language="en")
    assert repr(english) == "evidence in a1: 2 actors, 1 quote, 1 evaluation, 1 frame"


def test_codes_and_numbers_speak_the_language_of_the_view():
    """Forms, methods and the weights of cues were English on a Dutch page."""
    dutch = show_evidence(tables(), "a1", CODEBOOK).body
    assert "(naam, " in dutch and "(name, " not in dutch and "laf -0,50, dom -0,50" in dutch
    assert "laf -0.50, dom -0.50" in show_evidence(tables(), "a1", CODEBOOK, language="en").body


def test_no_style_reaches_outside_the_view():
    """Every rule is scoped to the view's own class."""
    style = re.search(r"<style>(.*?)</style>", show_evidence(tables(), "a1", CODEBOOK)._repr_html_(), re.DOTALL)[1]
    selectors = re.findall(r"([^{}]+)\{", style)
    for selector in ",".join(selectors).split(","):
        assert selector.strip().startswith((".fw-evidence", "@media print")), selector


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 15), st.sampled_from(["fw-actor", "fw-quote", "fw-cue"])),
        max_size=8,
    )
)
def test_overlapping_spans_nest_and_lose_nothing(places):
    """Any spans, however they cross: valid nesting, the text whole."""
    text = 'abc <d> efg\n\nhij & klm "nop" qrs tuv'
    spans = [_Span(start, start + length, kind, "<t>", "[x: ", "]") for start, length, kind in places]
    assert read(_mark_text(text, spans, [], "")).split() == text.split()


def test_pages_are_written_with_an_index(tmp_path):
    """One page per article, reachable from the index, the same bytes twice."""
    files = write_evidence(tables("../x?"), CODEBOOK, tmp_path)
    before = [file.read_bytes() for file in files]
    assert write_evidence(tables("../x?"), CODEBOOK, tmp_path) == files
    assert [file.read_bytes() for file in files] == before
    assert sorted(tmp_path.iterdir()) == sorted(files) and files[0].name == "index.html"
    index = files[0].read_text(encoding="utf-8")
    assert f'href="{files[1].name}"' in index and "<script" not in index
    read(index)
    assert "default-src 'none'" in files[1].read_text(encoding="utf-8")


def test_page_names_never_collide():
    """Ids that differ by case or odd characters only get pages of their own."""
    names = page_names(pd.Series(["a", "A", "a/b", "a?b", "index", "../../etc", "é"]))
    assert len({name.lower() for name in names.values()}) == 7
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+\.html", name) for name in names.values()) and names["a"] == "a.html"


def test_the_seed_shows_every_voice(seed_tables, seed_codebook):
    """The real article goes through whole."""
    article = seed_tables.articles.iloc[0]
    body = show_evidence(seed_tables, article["article_id"], seed_codebook).body
    marked = body[body.index('dir="auto">') + len('dir="auto">') : body.index("</div>")]
    assert read(marked).split() == article["text"].split()


def test_evaluations_shown_are_of_one_method_and_clear():
    """The model's clear rows, and a heading that says so; neither its neutral rows nor the lexicon's."""
    made = tables()
    (lexicon,) = made.evaluations.to_dict("records")
    clear = lexicon | {
        "evaluation_id": "a1:e0001.model", "method": "model", "polarity": -0.6,
        "p_negative": 0.7, "p_neutral": 0.2, "p_positive": 0.1, "p_source": 0.8, "cues": "laf:-0.40",
    }  # fmt: skip
    faint = clear | {
        "evaluation_id": "a1:e0002.model", "polarity": -0.1, "p_negative": 0.2, "p_neutral": 0.7, "p_positive": 0.1,
        "cue_start": None, "cue_end": None, "cues": None,
    }  # fmt: skip
    both = replace(made, evaluations=make_table("evaluations", [lexicon, clear, faint]))
    body = show_evidence(both, "a1", CODEBOOK).body
    assert "Beoordelingen (beoordeeld door het leesmodel, alleen duidelijke)" in body
    assert "−0,60" in body and "−0,50" not in body and "−0,10" not in body
    assert "Beoordelingen (beoordeeld met het lexicon)" in show_evidence(made, "a1", CODEBOOK).body
