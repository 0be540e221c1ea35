"""`explain`: turn any row of any table, and any estimate, into the sentences it came from.

Reads `Tables` and an id; returns an `Explanation`. Ids are those of the tables; a table with several
key columns joins them by a slash (``<article_id>/<sentence_id>/<frame_id>``, ``<article_id>/<actor_id>``). An
estimate is named by its measure and its group: ``tone:actor_id=trump,voice=quoted``, ``frame:frame_id=conflict``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import partial
from typing import Any

import pandas as pd

from analysis.codebook.load import EMPTY, Codebook
from analysis.coding.frames.methods import select_frames
from analysis.contracts.errors import InputError
from analysis.contracts.schema import UNNAMED
from analysis.contracts.schema_roles import ROLES
from analysis.contracts.tables import LAYERS, Tables, find_words, rows_of
from analysis.display.explanations import told_rows
from analysis.display.explanations.behind import find_actor, in_articles, rows_behind, tell_unknown
from analysis.display.explanations.explanation import Explanation, Highlight, ShownSentence
from analysis.display.explanations.frame_answers import find_question, tell_answer, tell_article_frame
from analysis.display.explanations.grouping import Group, is_group, parse_group
from analysis.display.explanations.judgements import read_cues, summarise, tell
from analysis.display.explanations.parties import Name, Part, Parties
from analysis.display.explanations.rows import find_rows, match, name_row, row_ids
from analysis.display.words import label, word

CONTEXT = 80
"""Characters shown around evidence that lies in no sentence."""


def explain(
    tables: Tables,
    row_id: str,
    *,
    codebook: Codebook | None = None,
    language: str = "en",
    model_version: str | None = None,
) -> Explanation:
    """Show where a row or an estimate comes from.

    Parameters
    ----------
    tables : Tables
        All tables of a coded corpus.
    row_id : str
        ``mention_id``, ``quote_id``, ``evaluation_id``, ``action_id``, ``responsibility_id``, ``function_id``,
        ``role_evidence_id``; ``article_id``;
        ``<article_id>/<sentence_id>`` (sentences), ``<article_id>/<sentence_id>/<frame_id>`` (frames),
        ``<article_id>/<frame_id>`` (article_frames), ``<article_id>/<actor_id>`` (features and roles); or an estimate
        as ``<measure>:<column>=<value>,...``, where the measure is ``tone``, ``frame`` or a column of features, and
        the columns are ``actor_id``, ``source_id``, ``voice``,
        ``frame_id``, ``paragraph``, ``article_id``, ``outlet``, ``published``, ``method``; or the id or label of an
        actor, in either language and in capitals or not, for the tone of that actor: ``Iran`` stands for
        ``tone:actor_id=iran``.
    codebook : Codebook, optional
        Gives labels, questions of indicators, and what is part of what when features were rolled up.
    language : {"nl", "en"}
        Of labels, questions, reasons and notes. Names of rules stand as they are.
    model_version : str, optional
        Version of the reading model behind the evaluations, to be told: ``manifest.json`` names it.

    Returns
    -------
    Explanation

    Raises
    ------
    InputError
        When there is no such row or value, naming those that look like it, when several actors bear a label, naming
        their ids, or when there is no evidence behind an estimate.
    """
    finder = _Finder(tables, codebook or EMPTY, language, model_version)
    is_row = finder.find_row(row_id)
    if not is_row and not is_group(row_id) and (actor_id := find_actor(tables, finder.codebook, row_id)):
        row_id = f"tone:actor_id={actor_id}"
    if not (is_row or (is_group(row_id) and finder.find_group(parse_group(row_id)))):
        near = get_close_matches(row_id, _candidates(tables, row_id), n=3, cutoff=0.5)
        hint = (
            f"did you mean {', '.join(near)}?"
            if near
            else "look the id up in the tables, or name an estimate as tone:actor_id=..."
        )
        raise InputError(f"explain: there is no row or estimate '{row_id}'; {hint}")
    return finder.explanation(row_id)


def _candidates(tables: Tables, row_id: str) -> list[str]:
    """Ids to suggest: those of the article the id most looks like, so that a large corpus is not searched whole."""
    articles = [str(article_id) for article_id in tables.articles["article_id"]]
    begin = row_id.rsplit(":", 1)[0].split("/", 1)[0]
    near = (
        [a for a in articles if row_id.startswith(a)]
        or get_close_matches(begin, articles, n=1, cutoff=0.3)
        or articles[:1]
    )
    found = {name for article_id in near[:3] for _, name in row_ids(tables, article_id)}
    return sorted(found | {f"tone:actor_id={actor}" for actor in tables.evaluations["target_id"].unique()})


class _Finder:
    """Collects rows, evidence and reasons; one use, one explanation."""

    def __init__(self, tables: Tables, codebook: Codebook, language: str, model_version: str | None) -> None:
        self.tables, self.codebook, self.language, self.model_version = tables, codebook, language, model_version
        self.texts = {
            str(a): str(t) for a, t in zip(tables.articles["article_id"], tables.articles["text"], strict=True)
        }
        self.places = dict(tuple(tables.sentences.groupby("article_id")))
        self.parties = Parties(tables, self._name, language)
        self.rows: dict[tuple[str, str], None] = {}
        self.reasons: dict[str, None] = {}
        self.spans: dict[tuple[str, int, int, str], None] = {}
        self._adders = {
            "mentions": self._mention,
            "quotes": self._quote,
            "evaluations": self._evaluation,
            "actions": self._telling(told_rows.tell_action, self.parties.of_action),
            "responsibility": self._telling(told_rows.tell_responsibility, self.parties.of_responsibility),
            "functions": self._telling(told_rows.tell_function, self.parties.of_function),
            "role_evidence": self._telling(told_rows.tell_role_evidence),
            "frames": self._frame,
        }

    # What was asked for ---------------------------------------------------------------------------------

    def find_row(self, row_id: str) -> bool:
        """Add what an id names: of tables whose ids look alike the later one counts."""
        openers = {
            "articles": self._add_articles, "sentences": self._add_sentences, "evaluations": self._add_evaluation,
            "article_frames": self._add_article_frames, "roles": self._add_actor, "features": self._add_actor,
        }  # fmt: skip
        for name in reversed(LAYERS):
            rows = find_rows(self.tables, name, row_id)
            if len(rows):
                openers.get(name, lambda rows, name=name: self.add(name, rows))(rows)
            if self.rows:
                return True
        return False

    def _add_evaluation(self, rows: pd.DataFrame) -> None:
        self.add("evaluations", rows)
        self._tell_more(next(rows_of(rows)))

    def _add_article_frames(self, rows: pd.DataFrame) -> None:
        for row in rows_of(select_frames(rows)):
            self.rows[("article_frames", name_row("article_frames", row))] = None
            self.reasons[tell_article_frame(row, self._name(row.frame_id), self.language)] = None
            self._find_frame_share(Group("frame", {"article_id": row.article_id, "frame_id": row.frame_id}))

    def _add_sentences(self, rows: pd.DataFrame) -> None:
        for row in rows_of(rows):
            self.rows[("sentences", name_row("sentences", row))] = None
            self.reasons[told_rows.tell_sentence(row, self.language)] = None
            self._mark(row, row.start, row.end, word("sentence", self.language))

    def _add_articles(self, rows: pd.DataFrame) -> None:
        row = next(rows_of(rows))
        self.rows[("articles", str(row.article_id))] = None
        self.reasons[told_rows.tell_article(row, self.language)] = None
        for sentence in rows_of(match(self.tables.sentences, article_id=row.article_id)):
            self._mark(sentence, sentence.start, sentence.end, word("sentence", self.language))
        if not self.spans:
            self._mark(row, 0, len(str(row.text)), word("article", self.language))

    def _add_actor(self, rows: pd.DataFrame) -> None:
        """Tell features and role of an actor in an article together, with every row behind them."""
        article_id, actor_id = str(rows["article_id"].iloc[0]), str(rows["actor_id"].iloc[0])
        features = match(self.tables.features, article_id=article_id, actor_id=actor_id)
        for row in rows_of(features):
            self.rows[("features", name_row("features", row))] = None
            self.reasons[told_rows.tell_features(row, self._name, self.language)] = None
        for row in rows_of(match(self.tables.roles, article_id=article_id, actor_id=actor_id)):
            self.rows[("roles", name_row("roles", row))] = None
            self.reasons[told_rows.tell_roles(row, self._name, self.language)] = None
        counted = int(features["n_mentions"].sum())
        group = Group("", {"article_id": article_id, "actor_id": actor_id})
        if counted > len(match(self.tables.mentions, article_id=article_id, actor_id=actor_id)):
            # The features were rolled up: what is part of the actor counts as well.
            group = Group("", {"article_id": article_id}, actors=self._parts(actor_id))
        for table, behind in rows_behind(
            self.tables, group, "n_mentions", "n_quotes", "n_evaluations", "n_agent", "n_patient", "responsibility",
            *ROLES,
        ):  # fmt: skip
            self.add(table, behind)

    def _parts(self, actor_id: str) -> tuple[str, ...]:
        return tuple(
            other for other in {actor_id: None, **self.codebook.actors} if actor_id in self.codebook.lineage(other)
        )

    def find_group(self, group: Group) -> bool:
        """Add what is behind an estimate."""
        if unknown := tell_unknown(self.tables, group, self.codebook.actors):
            raise InputError(f"explain: {unknown}")
        if group.measure == "frame":
            return self._find_frame_share(group)
        columns = set(self.tables.features.columns) | {*ROLES, "responsibility"}
        if group.measure not in columns:
            known = ", ".join(["frame", *sorted(columns - {"article_id", "actor_id", "outlet", "published"})])
            raise InputError(f"explain: there is no measure '{group.measure}'; known are {known}")
        for table, rows in rows_behind(self.tables, group, group.measure):
            if table == "evaluations" and len(rows) and group.measure in ("tone", "tone_author", "tone_quoted"):
                self.reasons[told_rows.tell_tone(rows, self.language)] = None
            self.add(table, rows)
        if not self.rows:
            raise InputError(f"explain: there is no evidence behind {group}; an empty value in a table means the same")
        return True

    def _find_frame_share(self, group: Group) -> bool:
        sentences = in_articles(self.tables, self.tables.sentences, group)
        sentences = sentences[sentences["part"] != "caption"]
        if "paragraph" in group.chosen:
            sentences = sentences[sentences["paragraph"].astype(str) == group.chosen["paragraph"]]
        answered = select_frames(self.tables.frames, group.chosen.get("method"))
        frames = answered.merge(sentences[["article_id", "sentence_id"]])
        if "frame_id" in group.chosen:
            frames = match(frames, frame_id=group.chosen["frame_id"])
        n = len(frames[["article_id", "sentence_id"]].drop_duplicates())
        if sentences.empty:
            raise InputError(f"explain: there are no sentences behind {group}")
        share = told_rows.tell_number(n / len(sentences), self.language)
        self.reasons[word("why_frame_share", self.language, n_yes=n, n_sentences=len(sentences), share=share)] = None
        self.add("frames", frames)
        if frames.empty:
            for row in rows_of(sentences.head(CONTEXT)):
                self.rows[("sentences", name_row("sentences", row))] = None
                self._mark(row, row.start, row.start, word("why_frame_absent", self.language))
        return True

    # Evidence and reasons -----------------------------------------------------------------------------------

    def add(self, name: str, rows: pd.DataFrame) -> None:
        """Add rows of a table with their evidence."""
        for row in rows_of(rows):
            self.rows[(name, name_row(name, row))] = None
            self._adders.get(name, partial(self._any, name))(row)

    def _mark(self, row: Any, start: Any, end: Any, note: str) -> None:
        if pd.notna(start) and pd.notna(end):
            self.spans[(str(row.article_id), int(start), int(end), note)] = None

    def _mark_mention(self, mention_id: Any, note: str) -> None:
        if pd.isna(mention_id):
            return
        if (row := self.parties.by_id.get(mention_id)) is not None:
            self._mark(row, row.start, row.end, note)

    def _mark_speaker(self, quote: Any, source_id: Any) -> None:
        note = word("why_speaker", self.language, name=self._name(source_id))
        self._mark_mention(quote.source_mention_id, note)

    def _any(self, name: str, row: Any) -> None:
        """A row of a table of which nothing special is to be told: its words, and what stands in its columns."""
        words = find_words(name)
        if words:
            self._mark(row, getattr(row, words[0]), getattr(row, words[1]), name)
        elif hasattr(row, "sentence_id"):
            self._mark_sentence(row, name)
        self.reasons[told_rows.tell_columns(name, row, self._name, self.language)] = None

    def _mention(self, row: Any) -> None:
        note, reason = told_rows.tell_mention(row, self._name, self.language)
        self._mark(row, row.start, row.end, note)
        self._mark_mention(row.antecedent_id, word("why_antecedent", self.language, text=row.text))
        self.reasons[reason] = None

    def _quote(self, row: Any) -> None:
        note, reason = told_rows.tell_quote(row, self._name, self.language)
        self._mark(row, row.start, row.end, note)
        self._mark(row, row.cue_start, row.cue_end, word("why_reporting", self.language))
        self._mark_speaker(row, row.source_id)
        self.reasons[reason] = None

    def _evaluation(self, row: Any) -> None:
        polarity = told_rows.tell_number(row.polarity, self.language, signed=True)
        self._mark(row, row.cue_start, row.cue_end, word("why_cue", self.language, polarity=polarity))
        self._mark_mention(row.target_mention_id, word("why_judged", self.language, name=self._name(row.target_id)))
        self._mark_cues(row)
        if pd.isna(row.cue_start) and match(self.tables.mentions, mention_id=row.target_mention_id).empty:
            self._mark_sentence(row, word("why_judged_here", self.language))
        self.reasons[summarise(row, self._name, self.language)] = None

    def _tell_more(self, row: Any) -> None:
        """Of an evaluation that was asked for by its id: how it was made, who speaks, and what another method says."""
        place = {key: getattr(row, key) for key in ("article_id", "sentence_id", "target_id")}
        evaluations = match(self.tables.evaluations, **place)
        others = rows_of(evaluations[evaluations["method"] != row.method])
        mention = next(rows_of(match(self.tables.mentions, mention_id=row.target_mention_id)), None)
        quote = self._quote_behind(row)
        if quote is not None:
            self._mark_speaker(quote, row.source_id)
        for line in tell(
            row, others, self._name, self.language,
            mention=mention, quote=quote, model_version=self.model_version,
            has_lexicon=bool((self.tables.evaluations["method"] == "lexicon").any()),
        ):  # fmt: skip
            self.reasons[line] = None

    def _quote_behind(self, row: Any) -> Any | None:
        """The shortest quote of the evaluation's source that holds its strongest cue, or else the judged mention."""
        place = row.cue_start
        if pd.isna(place):
            place = next(
                (m.start for m in rows_of(match(self.tables.mentions, mention_id=row.target_mention_id))), None
            )
        quotes = match(self.tables.quotes, article_id=row.article_id)
        spoken = quotes["source_id"].isna() if row.source_id == UNNAMED else quotes["source_id"] == row.source_id
        holding = [q for q in rows_of(quotes[spoken.fillna(False)]) if place is not None and q.start <= place < q.end]
        return min(holding, key=lambda quote: (quote.end - quote.start, quote.quote_id), default=None)

    def _mark_cues(self, row: Any) -> None:
        """Mark the cue words beside the strongest one, where the sentence has them."""
        places = match(self._sentences_of(row.article_id), sentence_id=row.sentence_id)
        for sentence in rows_of(places):
            for cue in read_cues(row.cues):
                found = re.search(rf"(?<!\w){re.escape(cue.text)}(?!\w)", sentence.text) if cue.text else None
                if found and sentence.start + found.start() != row.cue_start:
                    start = sentence.start + found.start()
                    number = told_rows.tell_number(cue.number, self.language, signed=True)
                    self._mark(row, start, start + len(cue.text), word("why_other_cue", self.language, number=number))

    def _telling(
        self,
        tell: Callable[[Any, Name, str], tuple[str, str]],
        find_parties: Callable[[Any], Iterable[Part]] | None = None,
    ) -> Callable[[Any], None]:
        """What marks the evidence of a row and who takes part in it, and tells it, of rows of one stretch of text."""

        def add(row: Any) -> None:
            note, reason = tell(row, self._name, self.language)
            self._mark(row, row.start, row.end, note)
            for part in find_parties(row) if find_parties else ():
                self._mark(row, part.start, part.end, part.note)
            self.reasons[reason] = None

        return add

    def _frame(self, row: Any) -> None:
        asked = find_question(row, self.codebook, self.language)
        self._mark(row, row.evidence_start, row.evidence_end, f"{self._name(row.frame_id)}: {asked}")
        told = tell_answer(row, self._name(row.frame_id), asked, self.language)
        self.reasons[f"{name_row('frames', row)}: {told}"] = None

    def _mark_sentence(self, row: Any, note: str) -> None:
        for sentence in rows_of(match(self._sentences_of(row.article_id), sentence_id=row.sentence_id)):
            self._mark(sentence, sentence.start, sentence.end, note)

    def _sentences_of(self, article_id: str) -> pd.DataFrame:
        found: pd.DataFrame = self.places.get(article_id, self.tables.sentences.iloc[:0])
        return found

    def _name(self, record_id: Any) -> str:
        if pd.isna(record_id):
            return word("why_nobody", self.language)
        return label(str(record_id), self.codebook, self.language)

    # The record -----------------------------------------------------------------------------------------------

    def explanation(self, target: str) -> Explanation:
        """What was collected, sentence by sentence."""
        by_article: dict[str, list[Highlight]] = {}
        for article_id, start, end, note in sorted(self.spans):
            by_article.setdefault(article_id, []).append(
                Highlight(article_id, start, end, self.texts[article_id][start:end], note)
            )
        shown = [
            sentence
            for article_id in sorted(by_article)
            for sentence in self._sentences(article_id, by_article[article_id])
        ]
        return Explanation(target, tuple(self.rows), tuple(self.reasons), tuple(shown), self.language)

    def _sentences(self, article_id: str, marks: Iterable[Highlight]) -> list[ShownSentence]:
        text = self.texts[article_id]
        places: list[tuple[int | None, int, int]] = [
            (int(row.sentence_id), int(row.start), int(row.end)) for row in rows_of(self._sentences_of(article_id))
        ]
        shown: dict[tuple[int, int, int | None], list[Highlight]] = {}
        for mark in marks:
            touched = [p for p in places if mark.start < p[2] and max(mark.end, mark.start + 1) > p[1]]
            for number, start, end in touched or [(None, max(0, mark.start - CONTEXT), mark.end + CONTEXT)]:
                # A mark without length says that the sentence was looked at and nothing was found.
                shown.setdefault((start, end, number), []).extend([mark] if mark.end > mark.start else [])
        return [
            ShownSentence(article_id, number, start, end, text[start:end], tuple(found))
            for (start, end, number), found in sorted(shown.items(), key=lambda item: item[0][:2])
        ]
