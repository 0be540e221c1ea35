"""Task actors: are the mentions of actors found, and is it known who is who.

Reads gold rows with spans, their type and, where gold has them, chains; codes the texts and compares, span by span and
chain by chain (`analysis.validation.chains`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from analysis.codebook.load import Codebook
from analysis.coding.coreference.resolve import resolve_pronouns
from analysis.coding.coreference.speakers import resolve_speakers
from analysis.coding.mentions.find import find_mentions
from analysis.coding.quotes.find import find_quotes
from analysis.contracts.errors import UsageError
from analysis.reading import read_articles
from analysis.validation.actors_lines import find_limits, part_lines
from analysis.validation.chains import Cluster, align_spans, draw_conll, score_chains
from analysis.validation.gold import Row, make_gold_articles
from analysis.validation.report import Result
from analysis.validation.spans import Span, compare_spans, list_spans, recall_per_type, score_both, touches

METHODS = ("codebook",)
NO_ACTORS = frozenset(["PRO", "FIN", "OTH"])
"""Types of MEANTIME that nobody can praise for what they did: products, sums of money and shares, and the rest."""
_CAPITALS = re.compile(r"(?<!\w)[^\W\d_a-zà-ÿ][\w'’.-]*(?: [^\W\d_a-zà-ÿ][\w'’.-]*)*")


def score_actors(
    rows: Sequence[Row],
    *,
    codebook: Codebook,
    method: str,
    seed: int,
    n_draws: int,
    sentences: int | None = None,
    places: bool = False,
    no_pronouns: bool = False,
    types: str | None = None,
    all_types: bool = False,
) -> list[Result]:
    """Score mentions of actors and, where gold has chains, who is who; next to every run of capitalised words.

    ``conll_f1`` is the mean F1 of MUC, B-cubed and CEAF-e, chains of one mention included, and asks for the same ends
    of a mention; ``conll_f1_overlap`` pairs mentions that overlap, one to one, so that it says who is who and not
    whether an article or a relative clause belongs to a mention. ``chains`` and ``chains_overlap`` give their parts.

    Parameters
    ----------
    sentences : int, optional
        Only look at the first sentences of each text, for gold that stops there. Where gold has line ends and no blank
        lines, each line is a sentence.
    places : bool, default False
        Let plain places count as mentions, for gold that marks them.
    no_pronouns : bool, default False
        Look for names and descriptions only, for gold that marks no pronouns.
    types : str, optional
        Types of gold to keep, with commas between them.
    all_types : bool, default False
        Keep every type of gold. Without `types` and this, `NO_ACTORS` are left out: a coder of actors does not look for
        them, and one that it finds there is a mistake.

    Raises
    ------
    UsageError
        For types that gold does not have, or `types` and `all_types` at once.

    Notes
    -----
    Articles in which gold with chains marks nothing at all, of any type, in what is scored have not been coded: they
    are left out, and counted under ``articles_not_coded``.
    """
    rows = [part_lines(row) for row in rows]
    kept, left_out = choose_types([str(a["type"]) for row in rows for a in row["actors"]], types, all_types=all_types)
    reading = read_articles(make_gold_articles(rows))
    mentions = find_mentions(reading, codebook, places=places)
    if not no_pronouns:
        mentions = resolve_pronouns(reading, mentions, codebook=codebook)
        mentions = resolve_speakers(reading, mentions, find_quotes(reading, mentions))
    limits = find_limits(rows, reading, sentences)
    coded: dict[str, dict[Span, str]] = {row["article_id"]: {} for row in rows}
    for article_id, span, actor_id in zip(
        mentions["article_id"], list_spans(mentions), mentions["actor_id"], strict=True
    ):
        if span[0] < limits[article_id]:
            coded[article_id][span] = actor_id
    capitals = {
        row["article_id"]: {
            span: row["text"][slice(*span)] for span in _capitals(row["text"], limits[row["article_id"]])
        }
        for row in rows
    }
    n_rows = len(rows)
    rows = _leave_out_uncoded(rows, limits)
    within = [[a for a in row["actors"] if a["start"] < limits[row["article_id"]]] for row in rows]
    gold = [[a for a in actors if str(a["type"]) in kept] for actors in within]
    counts = Counter(str(a["type"]) for actors in within for a in actors)
    notes: dict[str, Any] = {"types_left_out": [f"{name} {counts[name]}" for name in left_out]} if left_out else {}
    notes |= {"articles_not_coded": n_rows - len(rows)} if len(rows) < n_rows else {}
    ids = [row["article_id"] for row in rows]
    first, other = (
        _score_actors(label, ids, gold, found, seed, n_draws)
        for label, found in ((method, coded), ("capitals", capitals))
    )
    return [replace(first, notes=notes), other]


def choose_types(found: Iterable[str], types: str | None, *, all_types: bool = False) -> tuple[list[str], list[str]]:
    """Types of gold to keep and to leave out, of those found.

    Raises
    ------
    UsageError
        For a type that gold does not have, or when both options are given.

    Examples
    --------
    >>> choose_types(["PER", "PRO", "ORG", "PER"], None)
    (['ORG', 'PER'], ['PRO'])
    >>> choose_types(["PER", "PRO", "ORG"], "PER")
    (['PER'], ['ORG', 'PRO'])
    """
    known = sorted(set(found))
    if types is None:
        kept = [name for name in known if all_types or name not in NO_ACTORS]
    elif all_types:
        raise UsageError("--types and --all-types: leave out one of them")
    else:
        wanted = [name.strip() for name in types.split(",")]
        if unknown := [name for name in wanted if name not in known]:
            raise UsageError(f"--types {types}: gold has no {', '.join(unknown)}; it has {', '.join(known)}")
        kept = [name for name in known if name in wanted]
    return kept, [name for name in known if name not in kept]


def _score_actors(
    method: str,
    ids: Sequence[str],
    gold: Sequence[Sequence[Mapping[str, Any]]],
    found: Mapping[str, Mapping[Span, str]],
    seed: int,
    n_draws: int,
) -> Result:
    overlap, exact, types = [], [], []
    documents: list[tuple[list[Cluster], list[Cluster]]] = []
    aligned: list[tuple[list[Cluster], list[Cluster]]] = []
    for article_id, actors in zip(ids, gold, strict=True):
        said = set(found[article_id])
        wanted = {(int(actor["start"]), int(actor["end"])) for actor in actors}
        counts = compare_spans(said, wanted)
        overlap.append(counts[0])
        exact.append(counts[1])
        types += [{"type": str(a["type"]), "held": touches((a["start"], a["end"]), said)} for a in actors]
        chains = {(int(a["start"]), int(a["end"])): str(a["chain"]) for a in actors if a.get("chain") is not None}
        documents.append((_cluster(article_id, chains), _cluster(article_id, found[article_id])))
        same = align_spans(found[article_id], chains)
        moved = {same.get(span, span): actor_id for span, actor_id in found[article_id].items()}
        aligned.append((documents[-1][0], _cluster(article_id, moved)))
    scores, intervals = score_both(overlap, exact, seed, n_draws)
    if any(chains for chains, _ in documents):
        for name, paired in (("", documents), ("_overlap", aligned)):
            within = score_chains(paired)
            scores |= {f"conll_f1{name}": within.conll, f"chains{name}": within.scores}
            intervals[f"conll_f1{name}"] = draw_conll(paired, rng=np.random.default_rng(seed), n_draws=n_draws)
    per_class = recall_per_type(types)
    return Result(method=method, n=sum(map(len, gold)), scores=scores, intervals=intervals, per_class=per_class)


def _leave_out_uncoded(rows: Sequence[Row], limits: Mapping[str, int]) -> list[Row]:
    """Rows in which gold marks something, or all of them where gold has no chains."""
    if not any(actor.get("chain") is not None for row in rows for actor in row["actors"]):
        return list(rows)
    coded = [row for row in rows if any(actor["start"] < limits[row["article_id"]] for actor in row["actors"])]
    return coded or list(rows)


def _cluster(article_id: str, chains: Mapping[Span, str]) -> list[Cluster]:
    """Mentions with the same chain, together."""
    members: dict[str, set[Any]] = {}
    for span, chain in chains.items():
        members.setdefault(chain, set()).add((article_id, span))
    return [frozenset(found) for found in members.values()]


def _capitals(text: str, limit: int) -> list[Span]:
    """Baseline: runs of capitalised words, but for a single one at the start of a sentence."""
    found = []
    for match in _CAPITALS.finditer(text[:limit]):
        before = text[: match.start()].rstrip("‘’'\"“„ ")
        is_first = not before or before[-1] in ".!?:\n"
        if not is_first or " " in match.group():
            found.append((match.start(), match.start() + len(match.group().rstrip(".'’-"))))
    return found
