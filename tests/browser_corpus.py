"""A coded folder of three short articles whose every row is literal, for the tests of the evidence browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.codebook.load import Actor, Codebook, Frame, Indicator
from analysis.contracts.tables import LAYERS, Tables, empty_table, make_table
from analysis.corpus.storage import write_tables
from analysis.display.browser import Queries, make_file, make_server

BAD = "<script>alert(1)</script>"
TEXT = f"Kop {BAD}.\n\nJan zei: ‘{BAD} Piet is laf 😀 en dom.’ Piet lacht."
CODEBOOK = Codebook(
    name="t",
    actors={
        "jan": Actor("jan", {"nl": "Jan & co", "en": "John & co"}, "person"),
        "piet": Actor("piet", {"nl": BAD, "en": BAD}, "person"),
    },
    frames={"conflict": Frame("conflict", {"nl": "conflict", "en": "conflict"}, "d", "s", (Indicator("force", BAD),))},
)
ARTICLES = (("a1", "krant", "2024-03-02", "day"), ("b/2?", "blad <i>", "2024-03", "month"), ("c3", None, None, None))
"""Id, outlet, date and its precision."""
_OPTIONAL: dict[str, dict[str, Any]] = {
    "evaluations": {
        "p_negative": 0.7, "p_neutral": 0.2, "p_positive": 0.1, "p_source": 0.8, "negated": False, "hedged": False, "question": False,
        "conditional": False, "denied": False, "ground": "word", "outer_source_id": None, "cue_start": None,
        "cue_end": None, "cues": None, "method": "model",
    },
}  # fmt: skip


def make_tables_of_three() -> Tables:
    """Three copies of one text, of which the last has no outlet and no date."""
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in LAYERS}
    second, first, quoted, cue = (TEXT.index(part) for part in ("Jan", "Jan", "‘", "laf"))
    piet, third, end = TEXT.index("Piet"), TEXT.rindex("Piet"), TEXT.index("’")
    for article_id, outlet, published, precision in ARTICLES:
        made["articles"].append(
            {"article_id": article_id, "outlet": outlet, "published": published, "published_precision": precision,
             "headline": f"Kop {BAD}." if outlet else None, "text": TEXT, "language": "nl", "source_file": "f.txt",
             "n_words": 12, "duplicate_of": None}
        )  # fmt: skip
        for number, (start, stop, part) in enumerate(
            ((0, second - 2, "headline"), (second, third - 1, "lead"), (third, len(TEXT), "lead"))
        ):
            made["sentences"].append(
                {"article_id": article_id, "sentence_id": number, "start": start, "end": stop,
                 "paragraph": min(number, 1), "part": part, "text": TEXT[start:stop]}
            )  # fmt: skip
        for number, (start, actor, sentence) in enumerate(
            ((first, "jan", 1), (piet, "piet", 1), (third, "piet", 2)), 1
        ):
            stop = start + len("Jan" if actor == "jan" else "Piet")
            made["mentions"].append(
                {"mention_id": f"{article_id}:m{number}", "article_id": article_id, "sentence_id": sentence,
                 "start": start, "end": stop, "text": TEXT[start:stop], "actor_id": actor, "form": "name",
                 "antecedent_id": None, "rule": BAD}
            )  # fmt: skip
        made["quotes"].append(
            {"quote_id": f"{article_id}:q1", "article_id": article_id, "start": quoted + 1, "end": end,
             "kind": "direct", "source_id": "jan", "source_mention_id": f"{article_id}:m1", "cue": "zei",
             "cue_start": first + 4, "cue_end": first + 7, "outer_id": None, "rule": "r"}
        )  # fmt: skip
        judged = {"article_id": article_id, **_OPTIONAL["evaluations"]}
        made["evaluations"] += [
            judged | {"evaluation_id": f"{article_id}:e1.model", "sentence_id": 1, "source_id": "jan",
                      "target_id": "piet", "target_mention_id": f"{article_id}:m2", "polarity": -0.6,
                      "cue_start": cue, "cue_end": cue + 3, "cues": "laf:-0.50|dom:-0.20"},
            judged | {"evaluation_id": f"{article_id}:e2.model", "sentence_id": 2, "source_id": "author",
                      "target_id": "piet", "target_mention_id": f"{article_id}:m3", "polarity": 0.1},
            judged | {"evaluation_id": f"{article_id}:e3.model", "sentence_id": 1, "source_id": "author",
                      "target_id": "jan", "target_mention_id": f"{article_id}:m1", "polarity": 0.5},
        ]  # fmt: skip
        if article_id == "a1":
            made["evaluations"].append(
                judged | {"evaluation_id": "a1:e1.lexicon", "sentence_id": 1, "source_id": "jan", "target_id": "piet",
                          "target_mention_id": "a1:m2", "polarity": -0.5, "method": "lexicon", "p_negative": None,
                          "p_neutral": None, "p_positive": None, "p_source": None}
            )  # fmt: skip
        for indicator, is_counted, method in (
            ("force", True, "model"),
            ("words", True, "model"),
            ("force", False, "patterns"),
        ):
            made["frames"].append(
                {"article_id": article_id, "sentence_id": 1, "frame_id": "conflict", "score": 0.9,
                 "evidence_start": cue, "evidence_end": end, "indicator": indicator, "method": method,
                 "is_counted": is_counted}
            )  # fmt: skip
        made["actions"].append(
            {"action_id": f"{article_id}:a1", "article_id": article_id, "sentence_id": 2, "agent_id": "piet",
             "predicate": "lachen", "patient_id": None, "agent_mention_id": f"{article_id}:m3",
             "patient_mention_id": None, "event": None, "voice": "active", "valence": "neutral", "negated": False,
             "hedged": True, "start": third + 5, "end": third + 10, "method": "tree"}
        )  # fmt: skip
        made["responsibility"].append(
            {"responsibility_id": f"{article_id}:r1", "article_id": article_id, "sentence_id": 1, "accuser_id": "jan",
             "accused_id": "piet", "stance": "accuses", "event": "laf", "negated": False, "hedged": False,
             "start": cue, "end": cue + 3, "rule": "r"}
        )  # fmt: skip
        made["functions"].append(
            {"function_id": f"{article_id}:f1", "article_id": article_id, "sentence_id": 1,
             "function": "moral_evaluation", "source_id": "jan", "actor_id": "piet", "event": None, "negated": False,
             "hedged": False, "start": cue, "end": cue + 3, "rule": "r"}
        )  # fmt: skip
        made["role_evidence"].append(
            {"role_evidence_id": f"{article_id}:v1", "article_id": article_id, "actor_id": "piet", "role": "villain",
             "fine_role": None, "sentence_id": 1, "start": cue, "end": cue + 3, "origin": "evaluation",
             "row_id": f"{article_id}:e1.model", "rule": "negative", "weight": 0.6}
        )  # fmt: skip
    return Tables(**{name: make_table(name, rows) if rows else empty_table(name) for name, rows in made.items()})


def write_corpus(folder: Path, format: str = "parquet") -> Path:  # noqa: A002  as write_tables
    """The folder that `framewijs code` would have written."""
    write_tables(make_tables_of_three(), folder, format)
    return folder


@contextmanager
def both_pages(queries: Queries, folder: Path) -> Iterator[dict[str, str]]:
    """The addresses of the page of a server that runs, and of the page in a file."""
    file = folder / "evidence.html"
    file.write_text(make_file(queries, "nl"), encoding="utf-8")
    server = make_server(queries, port=0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield {"server": f"http://127.0.0.1:{server.server_address[1]}/", "file": file.as_uri()}
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
