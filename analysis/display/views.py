"""Tables made readable: labels for ids, words for offsets, sentences for numbers.

Reads the study's tables; returns plain DataFrames to show with `show_table`. Nothing is computed and no row is added:
a view only says the same in words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from analysis.codebook.load import Codebook
from analysis.coding.evaluations.methods import keep_clear
from analysis.contracts.errors import InputError
from analysis.contracts.tables import MODELS, Tables
from analysis.display.words import label, translate_question, word

ID_COLUMNS = (
    "actor_id", "source_id", "outer_source_id", "reporter_id", "target_id", "agent_id", "patient_id", "accuser_id",
    "accused_id", "frame_id",
)  # fmt: skip


def only_actors(table: pd.DataFrame, actors: Collection[str] | None, *, column: str = "actor_id") -> pd.DataFrame:
    """Rows of some actors.

    Parameters
    ----------
    table : DataFrame
        Any table with the column `column`.
    actors : collection of str, or None
        Actor ids to keep; None keeps all.
    column : str, default "actor_id"
        Where the ids stand.

    Returns
    -------
    DataFrame
        The rows, in their order, index 0..n-1.
    """
    kept = table if actors is None else table[table[column].isin(list(actors))]
    return kept.reset_index(drop=True)


def with_labels(table: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> pd.DataFrame:
    """Replace ids of actors, sources, targets, frames and outlets by their labels.

    Parameters
    ----------
    table : DataFrame
        Any table of the study.
    codebook : Codebook
        Where labels come from.
    language : {"nl", "en"}
        Language of the labels.

    Returns
    -------
    DataFrame
        The column ``actor_id`` is called ``actor``, and so on; where nobody is named it stays empty. An actor that no
        codebook lists ends in `` *``; an outlet that it does not list is called as in the table.

    Examples
    --------
    >>> from analysis.codebook.load import EMPTY
    >>> with_labels(pd.DataFrame({"actor_id": ["unlisted:anna_de_boer", None]}), codebook=EMPTY)["actor"].tolist()
    ['anna de boer *', nan]
    """
    renamed = {column: column.removesuffix("_id") for column in ID_COLUMNS if column in table.columns}
    labelled = {
        column: table[column].map(lambda key: label(str(key), codebook, language), na_action="ignore").astype("str")
        for column in renamed
    }
    if "outlet" in table.columns:
        names = {key: label(key, codebook, language) for key in codebook.outlets}
        labelled["outlet"] = table["outlet"].map(lambda key: names.get(key, key), na_action="ignore").astype("str")
    return table.assign(**labelled).rename(columns=renamed)


def with_words(
    table: pd.DataFrame, articles: pd.DataFrame, *, start: str = "start", end: str = "end", name: str = "words"
) -> pd.DataFrame:
    """Add the words that a row's offsets mark.

    Parameters
    ----------
    table : DataFrame
        Any table with ``article_id`` and the two columns of offsets.
    articles : DataFrame
        Table ``articles``.
    start, end : str
        The columns of offsets: half-open characters of ``articles.text``.
    name : str, default "words"
        The column to add; empty where a row has no offsets.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        When a row's article is not among `articles`.
    """
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    if missing := sorted(set(table["article_id"]) - set(texts)):
        raise InputError(f"with_words: article '{missing[0]}' is not among the articles; pass both of one corpus")
    words = [
        None if pd.isna(first) else texts[article_id][int(first) : int(last)]
        for article_id, first, last in zip(table["article_id"], table[start], table[end], strict=True)
    ]
    return table.assign(**{name: pd.Series(words, index=table.index, dtype="str")})


def with_sentences(table: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Add the sentence a row stands in, as column ``sentence``."""
    texts = sentences[["article_id", "sentence_id", "text"]].rename(columns={"text": "sentence"})
    return table.merge(texts, on=["article_id", "sentence_id"], how="left", validate="many_to_one")


def with_questions(frames: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> pd.DataFrame:
    """Add the question that each row of ``frames`` answers, as column ``question``."""
    questions = {
        (frame.id, indicator.id): translate_question(indicator.question, language)
        for frame in codebook.frames.values()
        for indicator in frame.indicators
    }
    asked = [questions.get(key) for key in zip(frames["frame_id"], frames["indicator"], strict=True)]
    return frames.assign(question=pd.Series(asked, index=frames.index, dtype="str"))


def list_questions(codebook: Codebook, *, language: str = "nl") -> pd.DataFrame:
    """The questions a codebook asks: columns ``frame``, ``indicator``, ``question``, ``n_patterns``."""
    rows = [
        (
            label(frame.id, codebook, language),
            asked.id,
            translate_question(asked.question, language),
            sum(map(len, asked.patterns.values())),
        )
        for frame in codebook.frames.values()
        for asked in frame.indicators
    ]
    return pd.DataFrame(rows, columns=["frame", "indicator", "question", "n_patterns"])


def list_tables(tables: Tables) -> pd.DataFrame:
    """How much there is at every step: columns ``table``, ``one_row_is``, ``n_rows``."""
    rows = [(name, _unit(name), len(table)) for name, table in tables.items()]
    return pd.DataFrame(rows, columns=["table", "one_row_is", "n_rows"])


def list_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """What came in, without the texts: id, outlet, date and its precision, language, words, headline."""
    shown = ["article_id", "outlet", "published", "published_precision", "language", "n_words", "headline"]
    return articles[shown]


def list_notices(notices: pd.DataFrame) -> pd.DataFrame:
    """What a reader should know about the files that came in, with files by name: folders differ between machines."""
    names = notices["source_file"].str.replace("\\", "/").str.rsplit("/", n=1).str[-1]
    shown = ["file", "row", "notice", "reason", "remedy"]
    return notices.assign(file=names.astype("str"))[shown]


def _unit(name: str) -> str:
    """The first words of a table's description: what one of its rows is."""
    described = (MODELS[name].__doc__ or "").split(".")[0].split(":")[0]
    return described.removeprefix("One row per ")


def compare_methods(evaluations: pd.DataFrame) -> pd.DataFrame:
    """Tone of each actor by each method, and the number of evaluations behind it.

    Parameters
    ----------
    evaluations : DataFrame
        Table ``evaluations``, of several methods.

    Returns
    -------
    DataFrame
        ``target_id``, then ``<method>: tone`` (mean polarity, [-1, 1]) and ``<method>: n`` per method; empty where a
        method found nothing.
    """
    tone = evaluations.groupby(["target_id", "method"])["polarity"].mean().unstack().add_suffix(": tone")
    n = evaluations.groupby(["target_id", "method"]).size().unstack().astype("Int64").add_suffix(": n")
    table = tone.join(n)
    return table[sorted(table.columns)].rename_axis(columns=None).reset_index()


def count_moods(evaluations: pd.DataFrame) -> pd.DataFrame:
    """Clear evaluations per source, and how many of them are negated, hedged, asked, conditional or denied.

    Returns
    -------
    DataFrame
        ``source_id``, a column of counts per mood, and ``n``, all clear evaluations of the source.
    """
    clear = keep_clear(evaluations)
    moods = clear.groupby("source_id", as_index=False)[["negated", "hedged", "question", "conditional", "denied"]].sum()
    return moods.merge(clear.value_counts("source_id").reset_index(name="n"), on="source_id")


def list_pairs(estimates: pd.DataFrame, *, codebook: Codebook, language: str = "nl") -> pd.DataFrame:
    """Pairs of source and target, those with most evaluations first, with the name by which `explain` knows each.

    Parameters
    ----------
    estimates : DataFrame
        Table ``estimates`` by ``source_id`` and ``actor_id``.
    codebook, language
        As for `with_labels`.

    Returns
    -------
    DataFrame
        ``source``, ``actor``, ``n_units``, ``estimate`` and ``name``: ``tone:actor_id=iran,source_id=trump``.
    """
    names = [
        f"tone:actor_id={actor},source_id={source}"
        for source, actor in zip(estimates["source_id"], estimates["actor_id"], strict=True)
    ]
    ranked = estimates.assign(name=names)[["source_id", "actor_id", "n_units", "estimate", "name"]]
    ranked = ranked.sort_values(["n_units", "estimate", "name"], ascending=[False, True, True], ignore_index=True)
    return with_labels(ranked, codebook=codebook, language=language)


def ask_about(actors: Sequence[str], *, codebook: Codebook, language: str = "nl") -> str:
    """The question of a chart about an actor over time, with its name in it; without one, that of all such charts.

    Examples
    --------
    >>> from analysis.codebook.load import EMPTY
    >>> ask_about(["iran"], codebook=EMPTY, language="en"), ask_about([], codebook=EMPTY, language="en")
    ('How does the tone of iran change?', 'How does it change over time?')
    """
    if not actors:
        return word("title_over_time", language)
    return word("title_over_time_of", language, name=label(actors[0], codebook, language))
