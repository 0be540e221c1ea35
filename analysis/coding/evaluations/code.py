"""Evaluations: how each actor is judged in each sentence, by whom, and on which words that rests.

Reads a `Reading`, its mentions and its quotes; returns the table ``evaluations``. The reading model judges every actor
in every sentence, with its probabilities; a lexicon has a row only for what it has evidence of: no row means no
evidence, which is not the same as a balanced 0.0. How each method judges stands in `network` and
`lexicon`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from analysis.coding.evaluations.lexicon import Cue, find_cues, judge_by_lexicon, judge_by_vader, make_row
from analysis.coding.evaluations.network import NONE, JudgedArticle, judge_by_model
from analysis.coding.evaluations.speakers import name_speakers
from analysis.coding.evaluations.speech import Place, find_places, innermost, name_outer
from analysis.coding.evaluations.word_order import find_mood
from analysis.coding.syntax.modality import find_modality
from analysis.coding.syntax.trees import find_tokens, has_tree
from analysis.contracts.errors import UsageError
from analysis.contracts.schema import METHODS_BY_PREFERENCE
from analysis.contracts.tables import make_table
from analysis.reading import Reading
from analysis.reading.model import ReadingModel

__all__ = ["METHODS", "code_evaluations", "find_cues"]

METHODS = METHODS_BY_PREFERENCE
LANGUAGES = {"model": ("nl", "en"), "lexicon": ("nl", "en"), "vader": ("en",)}
"""Languages that each method judges."""


def code_evaluations(
    reading: Reading,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    method: str = "model",
    captions: bool = False,
    model: ReadingModel | None = None,
    precision: str = "exact",
) -> pd.DataFrame:
    """Judge every actor in every sentence.

    Parameters
    ----------
    reading : Reading
        Articles that have been read.
    mentions, quotes : DataFrame
        Tables ``mentions`` and ``quotes`` of the same articles.
    method : {"model", "lexicon", "vader"}
        ``model``: the reading model reads whole passages with every actor and quote marked; a row for every sentence
        and actor mentioned in it, and for every actor judged there without being mentioned. ``lexicon``: the news
        lexicon of the article's language; a word counts for the actors in its clause, by the argument it bears on (who
        attacks, who is praised). ``vader``: English only, the compound score of the whole sentence for every actor in
        it, a baseline that knows no target.
    captions : bool, default False
        Also judge in photo captions.
    model : ReadingModel, optional
        For ``model``: another model than that of `analysis.reading.load_reading_model`.
    precision : {"exact", "fast"}
        For ``model``: the network's arithmetic. ``fast`` multiplies in 8 bits and takes half the time; its numbers may
        differ in the second decimal, and again between kinds of processors. ``exact`` is the same everywhere.

    Returns
    -------
    DataFrame
        Table ``evaluations``.

        Of the model, `p_*` are the calibrated probabilities that the sentence judges the actor badly, not at all, or
        well. `polarity` is their balance, stretched so that 0.25 is the least probability of a judgement that counts as
        one (`network.to_polarity`). Of a clear judgement `source_id` is whoever the network takes to judge
        (``author``, an actor of the passage, or ``unnamed``), with probability `p_source`; `outer_source_id` who
        reports that voice; `cue_start` and `cue_end` the stretch of words on which the network's attention rests,
        `cues` its strongest words with their share of it, signed; `ground` and the moods what kind of judgement it is.
        `polarity` is what remains for a reader after a negation, denial, question or condition. Of the others,
        `source_id` is whoever speaks where the mention stands. An actor judged in a sentence that does not mention it
        has the row's `target_mention_id` in a sentence nearby.

        Of the lexicon, polarity is the mean of the cues after shifting, in [-1, 1]: a negation
        multiplies by its weight (-1, or -0.5 for `nauwelijks`) and 0.74, the others by their weight. `source_id`
        is the speaker of the innermost quote that holds the cues, else ``author``: a mention that two voices
        judge in one sentence has a row for each.

    Raises
    ------
    UsageError
        For an unknown method.
    InputError
        When the file of the reading model is missing.

    Notes
    -----
    Of the lexicon, clauses are cut by punctuation and conjunctions; who acts and who undergoes is told by word order,
    voice and `door` or `by`. Words inside a direct quote never judge an actor outside it, words of a partial quote do.

    References
    ----------
    Hamborg, F., & Donnay, K. (2021). NewsMTSC: a dataset for (multi-)target-dependent sentiment classification in
    political news articles. EACL. Hutto, C. J., & Gilbert, E. (2014). VADER: a parsimonious rule-based model for
    sentiment analysis of social media text. ICWSM. Van Atteveldt, W., Van der Velden, M., & Boukes, M. (2021). The
    validity of sentiment analysis. Communication Methods and Measures, 15(2), 121-140.
    """
    if method not in METHODS:
        raise UsageError(f"code_evaluations: unknown method '{method}'; use one of {', '.join(METHODS)}")
    if method == "model":
        return judge_articles(reading, mentions, quotes, captions=captions, model=model, precision=precision)[0]
    places = find_places(reading, mentions, quotes, languages=LANGUAGES[method], captions=captions)
    return _number(_judge_by_words(places, method), method)


def judge_articles(
    reading: Reading,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    captions: bool = False,
    model: ReadingModel | None = None,
    precision: str = "exact",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Judge every actor by the reading model, and name the speakers of the quotes, in one pass.

    Parameters
    ----------
    reading, mentions, quotes, captions, model, precision
        See `code_evaluations`.

    Returns
    -------
    evaluations, quotes : DataFrame
        Both tables. A quote has another speaker than before where the model is sure of it
        (`speakers.name_speakers`).
    """
    judged: list[JudgedArticle] = list(
        judge_by_model(
            reading, mentions, quotes, languages=LANGUAGES["model"], captions=captions, model=model, precision=precision
        )
    )
    evaluations = _number((row for article in judged for row in article.rows), "model")
    speakers = {quote_id: speaker for article in judged for quote_id, speaker in article.speakers.items()}
    return evaluations, name_speakers(quotes, speakers)


def _number(judged: Iterable[dict[str, Any]], method: str) -> pd.DataFrame:
    """The table of rows that stand in the order of articles and text."""
    rows: list[dict[str, Any]] = []
    for article_id, found in groupby(judged, key=lambda row: str(row["article_id"])):
        for number, row in enumerate(found, start=1):
            rows.append(row | {"method": method, "evaluation_id": f"{article_id}:e{number:05d}.{method}"})
    return make_table("evaluations", rows)


def _judge_by_words(places: Iterator[Place], method: str) -> Iterator[dict[str, Any]]:
    """Per place, what a list of words says of its actors: in the order of the mentions, then of the sources."""
    judge = judge_by_lexicon if method == "lexicon" else judge_by_vader
    for place in places:
        judged = judge(place.doc, place.first, place.last, place.targets, place.speech, place.language)
        for (target, source_id), cues in sorted(judged.items(), key=lambda item: (item[0][0].first, item[0][1])):
            about = {"article_id": place.article_id, "sentence_id": place.sentence_id, "p_source": None}
            ground = "word" if method == "lexicon" else NONE
            yield about | make_row(target, source_id, cues) | _add_mood(place, cues, ground)


def _add_mood(place: Place, cues: Sequence[Cue], ground: str) -> dict[str, Any]:
    """What a list of words does not see of itself: questions, conditions and denials, and who reports the speaker."""
    strongest = max(cues, key=lambda cue: (abs(cue.polarity), -cue.start))
    token, _ = find_tokens(place.doc, strongest.start, strongest.end)
    if has_tree(place.doc):
        mood = find_modality(place.doc[token])
    else:
        mood = find_mood(place.doc, place.first, place.last, token)
    return {
        "outer_source_id": name_outer(innermost(place.speech, token), place.speech),
        "question": mood.question,
        "conditional": mood.conditional,
        "denied": mood.denied,
        "ground": ground,
    }
