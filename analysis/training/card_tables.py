"""Tables of the model card, as Markdown.

Reads dictionaries as `analysis.training.scores`, `analysis.training.bench` and the manifest hold them, and the rows of
the name swaps; returns text. A figure that is missing is a KeyError.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Figures = Mapping[str, Any]
#: Sets of tone: key in the scores, name in the card, section of docs/baselines.md (none for slices of ours).
TONE_SETS = (
    ("newsmtsc_en.dev", "NewsMTSC dev, English", "target/newsmtsc_en.dev.jsonl"),
    ("madtsc_nl.dev", "MAD-TSC dev, Dutch", "target/madtsc_nl.dev.jsonl"),
    ("madtsc_en.dev", "MAD-TSC dev, English", "target/madtsc_en.dev.jsonl"),
    ("opener_nl.dev", "OpeNER, Dutch", "target/opener_nl.dev.jsonl"),
    ("opener_en.dev", "OpeNER, English", "target/opener_en.dev.jsonl"),
)
#: Gold in which every judgement is coded: key in the scores, name in the card.
JUDGEMENT_SETS = (
    ("whole articles", "whole articles of other registers, constructed"),
    ("MEANTIME", "Wikinews articles, English and Dutch"),
    ("running news, held out", "running news, held out, constructed"),
    ("madtsc_nl.dev", "MAD-TSC dev, Dutch, coded in full, read without a codebook"),
    ("madtsc_en.dev", "MAD-TSC dev, English, the same"),
)
HEADLINES = "tone/ecosent_nl.train.jsonl"
NONE = "-"


def write_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table.

    Examples
    --------
    >>> print(write_table(["a", "b"], [["1", "2"]]))
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    lines = [header, *rows]
    text = [f"| {' | '.join(line)} |" for line in lines]
    text.insert(1, "|" + "---|" * len(header))
    return "\n".join(text)


def show(value: float, interval: Sequence[float] | None = None) -> str:
    """Return a share to three decimals without its zero, with an interval if there is one.

    Examples
    --------
    >>> show(0.8421), show(-0.05, (-0.1, 1.0))
    ('.842', '-.050 [-.100, 1.000]')
    """
    text = re.sub(r"^(-?)0\.", r"\1.", f"{value:.3f}")
    return text if interval is None else f"{text} [{show(interval[0])}, {show(interval[1])}]"


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927).

    Examples
    --------
    >>> [round(bound, 3) for bound in wilson(0.5, 100)]
    [0.404, 0.596]
    """
    z = 1.959964
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def read_floors(text: str) -> dict[tuple[str, str, str], str]:
    """Return the figures of ``docs/baselines.md``: (gold file, measure, method) to what is printed.

    A page of another format gives no figures, and the card a dash.
    """
    floors = {}
    for section in text.split("\n## ")[1:]:
        gold = next((word for word in section.splitlines()[0].split() if ".jsonl" in word), "")
        methods: list[str] = []
        for line in section.splitlines():
            cells = [cell.strip() for cell in re.split("[┃│]", line)[1:-1]]
            if line.startswith("┃") and not methods:
                methods = cells[1:]
            elif line.startswith("│") and cells and cells[0] in {"accuracy", "macro f1"}:
                for method, cell in zip(methods, cells[1:], strict=False):
                    floors.setdefault((gold, cells[0], method), cell)
    return {key: shorten(cell) for key, cell in floors.items()}


def shorten(cell: str) -> str:
    """Return a printed figure in the style of the card.

    Examples
    --------
    >>> shorten("0.477 [0.44, 0.52]")
    '.477 [.44, .52]'
    """
    return re.sub(r"\b0\.", ".", cell)


def strongest_floor(floors: Mapping[tuple[str, str, str], str], gold: str, measure: str) -> str:
    """Return the baseline with the highest score on a gold file, with its name; a dash if there is none.

    The coder as a whole is no baseline: it has the model in it.

    Examples
    --------
    >>> cells = {("a", "f1", "coder"): ".7", ("a", "f1", "lexicon"): ".4 [.3, .5]", ("a", "f1", "majority"): ".2"}
    >>> strongest_floor(cells, "a", "f1")
    'lexicon .4 [.3, .5]'
    """
    found = {
        method: cell
        for (file, name, method), cell in floors.items()
        if file == gold and name == measure and not method.startswith(("model", "coder"))
    }
    if not found:
        return NONE
    best = max(found, key=lambda method: float(found[method].split()[0]))
    return f"{best} {found[best]}"


def tone_table(scores: Figures, floors: Mapping[tuple[str, str, str], str]) -> str:
    """Tone towards a marked actor, a row per set."""
    rows = []
    for key, name, gold in TONE_SETS:
        found = scores[key]
        hidden = scores[f"{key}, target hidden"]
        rows.append([
            name, f"{found['n']:,}", show(found["macro_f1"], found["macro_f1_interval"]),
            " / ".join(map(show, found["f1"])),
            show(hidden["macro_f1"], hidden["macro_f1_interval"]),
            strongest_floor(floors, gold, "macro f1"), show(found["accuracy"]), show(found["calibration_error"]),
        ])  # fmt: skip
    return write_table(
        ["set", "n", "macro-F1", "F1 per label", "target hidden", "strongest baseline", "accuracy", "cal. error"], rows
    )


def judgement_table(scores: Figures) -> str:
    """Who judges whom: precision, recall and F1, with and without the source."""
    rows = []
    for key, name in JUDGEMENT_SETS:
        found = scores["judgements"][key]
        alone = found["target_and_sign"]
        rows.append([
            name, f"{found['n']:,}", show(found["precision"]), show(found["recall"]),
            show(found["f1"], found["interval"]), show(alone["f1"], found["interval_target_and_sign"]),
            show(found["source"]), show(found["r"]) if "r" in found else NONE,
        ])  # fmt: skip
    header = ["set", "judgements", "precision", "recall", "F1", "F1 without the source", "source right", "r of tone"]
    return write_table(header, rows)


def headline_table(headlines: Figures, scores: Figures, floors: Mapping[tuple[str, str, str], str]) -> str:
    """Tone of headlines: cross-validated, from vectors alone, and the transparent methods."""
    n, accuracy = headlines["n"], headlines["accuracy"]
    vectors = scores["ecosent_nl, 10-fold on vectors"]
    rows = [["network, ten folds", f"{n:,}", show(accuracy, wilson(accuracy, n)), show(headlines["macro_f1"])]]
    on_vectors = show(vectors["accuracy"], wilson(vectors["accuracy"], vectors["n"]))
    rows.append(["sentence vectors with logistic regression, ten folds", f"{vectors['n']:,}", on_vectors, NONE])
    for method in ("lexicon", "majority"):
        cells = [floors.get((HEADLINES, measure, method), NONE) for measure in ("accuracy", "macro f1")]
        rows.append([method, f"{n:,}", *cells])
    return write_table(["method", "n", "accuracy", "macro-F1"], rows)


def syntax_parts(scores: Figures) -> dict[str, str]:
    """Parts of speech, trees, relations and features."""
    names = {"las": "labelled attachment (LAS)", "uas": "attachment (UAS)", "pos": "part of speech"}
    rows = [[name, show(scores[key], scores[f"{key}_interval"])] for key, name in names.items()]
    if "lemma" in scores:
        rows.append(["lemma", show(scores["lemma"])])
    rows += [[f"F1 of {key[3:]}", show(value)] for key, value in scores.items() if key.startswith("f1:")]
    rows += [[f"F1 of {key}", show(value)] for key, value in scores["features"].items()]
    counts = f"{scores['n_sentences']:,} sentences, {scores['n_words']:,} words"
    return {"syntax_n": counts, "syntax_table": write_table(["measure", "score"], rows)}


def names_parts(scores: Figures) -> dict[str, str]:
    """Names by exact boundaries, and how many are touched at all."""
    row = [
        show(scores["precision"]), show(scores["recall"]), show(scores["f1"], scores["f1_interval"]),
        show(scores["recall_overlap"]),
    ]  # fmt: skip
    table = write_table(["precision", "recall", "F1", "recall, any overlap"], [row])
    return {"names_n": f"{scores['n_sentences']:,} sentences, {scores['n_gold']:,} names", "names_table": table}


def speed_parts(bench: Figures) -> dict[str, str]:
    """Rates per number of threads, and what a process takes."""
    machine = bench["machine"]
    rows = []
    for threads, reading in bench["reading"].items():
        tone = bench["tone"][threads]
        rates = tone["targets_per_second"]
        times = [f"{show_rate(tone['times_base_torch'][name], 1)} times" for name in ("exact", "fast")]
        rows += [
            [threads, "whole reading, words/s", show_rate(reading["words_per_second"]), NONE],
            [threads, "the network in it, words/s", show_rate(reading["network_words_per_second"]), NONE],
            [threads, "tone, targets/s", show_rate(rates["exact"]), times[0]],
            [threads, 'tone, `precision="fast"`, targets/s', show_rate(rates["fast"]), times[1]],
            [threads, "RoBERTa-base shape in torch, targets/s", show_rate(rates["base_torch"], 1), "1"],
        ]
        if "base_onnx" in rates:
            rows.append([threads, "the same in onnxruntime, targets/s", show_rate(rates["base_onnx"], 1), NONE])
    process = [
        [threads, f"{found['seconds_import']:.1f} s", f"{found['seconds_load']:.1f} s", f"{found['seconds']:.1f} s",
         f"{found['peak_megabytes']:.0f} MB"]
        for threads, found in bench["process"].items()
    ]  # fmt: skip
    return {
        "machine": f"{machine['processor']}, {machine['n_processors']} processors, {machine['system']}",
        "n_rounds": str(bench["n_rounds"]),
        "base": str(bench["base"]),
        "speed_table": write_table(["threads", "what", "rate", "to the base"], rows),
        "process_table": write_table(["threads", "import", "load", "all", "peak memory"], process),
    }


def show_rate(found: Figures, n_decimals: int = 0) -> str:
    """Return a median with the lowest and highest.

    Examples
    --------
    >>> show_rate({"median": 10234.4, "lowest": 9800, "highest": 10400.6})
    '10,234 [9,800, 10,401]'
    """
    median, lowest, highest = (f"{found[key]:,.{n_decimals}f}" for key in ("median", "lowest", "highest"))
    return f"{median} [{lowest}, {highest}]"


def bias_parts(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Gaps of all groups, and the largest in words."""
    lines = [
        [row["language"], row["slot"], row["group"], f"{row['n_templates']} x {row['n_names']}",
         show(float(row["mean_polarity"])), show(float(row["gap"]), (float(row["ci_low"]), float(row["ci_high"]))),
         show(float(row["share_flipped"]))]
        for row in rows
    ]  # fmt: skip
    largest = max(rows, key=lambda row: abs(float(row["gap"])))
    n_apart = sum(float(row["ci_low"]) > 0 or float(row["ci_high"]) < 0 for row in rows)
    summary = (
        f"The largest gap is {show(float(largest['gap']))} ({largest['group']}, {largest['slot']}, "
        f"{largest['language']}); of {len(rows)} groups, {n_apart} have an interval without 0 "
        "(by chance, one in twenty)."
    )
    header = ["language", "slot", "group", "sentences x names", "mean polarity", "gap", "flipped"]
    return {"bias_summary": summary, "bias_table": write_table(header, lines)}


def durations_table(manifest: Figures) -> str:
    """Steps of the training with their duration, by name."""
    rows = [[name, f"{record['seconds'] / 60:.0f} min"] for name, record in manifest.items() if "seconds" in record]
    return write_table(["step", "duration"], rows)
