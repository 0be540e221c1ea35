"""Evaluations: how each mention of an actor is judged, by whom, and on which words that rests.

Reads a `Reading`, its mentions and its quotes; returns the table ``evaluations``. The reading model judges every
mention, with its probabilities; a lexicon has a row only for what it has evidence of: no row means no evidence, which
is not the same as a balanced 0.0. How each method judges stands in `evaluations_model` and `evaluations_lexicon`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from analysis.coding.clauses import find_tokens
from analysis.coding.evaluations_grounds import NONE, WORD
from analysis.coding.evaluations_lexicon import Cue, find_cues, judge_by_lexicon, judge_by_vader, make_row
from analysis.coding.evaluations_model import judge_by_model
from analysis.coding.evaluations_speech import Place, find_places, innermost, name_outer
from analysis.coding.modality import find_modality, find_modality_by_clause, find_signs
from analysis.coding.trees import has_tree
from analysis.errors import UsageError
from analysis.reading import Reading
from analysis.reading.occlusion import ToneModel
from analysis.schema import METHODS_BY_PREFERENCE
from analysis.tables import make_table

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
    model: ToneModel | None = None,
    precision: str = "exact",
) -> pd.DataFrame:
    """Judge every mention of an actor.

    Parameters
    ----------
    reading : Reading
        Articles that have been read.
    mentions, quotes : DataFrame
        Tables ``mentions`` and ``quotes`` of the same articles.
    method : {"model", "lexicon", "vader"}
        ``model``: the reading model reads the sentence with the mention marked, and is weighed with what the tree
        says of it; a row for every mention.
        ``lexicon``: the news lexicon of the article's language; a word counts for the actors in its
        clause, by the argument it bears on (who attacks, who is praised). ``vader``: English only, the
        compound score of the whole sentence for every actor in it, a baseline that knows no target.
    captions : bool, default False
        Also judge in photo captions.
    model : ToneModel, optional
        For ``model``: another model than that of `analysis.reading.load_reading_model`.
    precision : {"exact", "fast"}
        For ``model``: the network's arithmetic. ``fast`` multiplies in 8 bits and takes half the time; its numbers may
        differ in the second decimal, and again between kinds of processors. ``exact`` is the same everywhere.

    Returns
    -------
    DataFrame
        Table ``evaluations``.

        Of the model, `p_*` is the network's tone towards the mention, and `polarity` what that and the grounds say
        together, where the reading has trees: deeds of harm or help that the actor does, words that bear on it, calls.
        `ground` names the plainest of them. A mention on which nothing bears is judged by the network alone, if that is
        sure (``network``); else it is near 0 (``none``), as a victim, place, source or bystander is. Negation, denial,
        question and condition of the carrying word are columns, and bend polarity (`evaluations_combine.bend`); a
        hedge is a column only. Clear is a polarity of 0.25 either way; then `cues` names up to five words with how
        much the network's polarity changes when they are left out (at least 0.05 in the direction of the polarity), and
        the ground's word, with its own polarity, where the network does not see it.

        `source_id` is the subject of the judging verb where that is an actor (`de oppositie beschuldigt`), else
        whoever utters the carrying word (the innermost quote that holds it, else ``author``), if it can reach the
        mention; otherwise whoever speaks where the mention stands. `outer_source_id` is who reports that voice. Words
        of a direct quote reach no mention outside it, words of the author reach none inside, and a speaker is never
        judged by the own words: a speaker named outside the quote is judged by the author.

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
    Without trees the model's polarity is the network's alone, and clauses are cut by punctuation and conjunctions; who
    acts and who undergoes is told by word order, voice and `door` or `by`. The lexicon goes so in either case.
    Judgements across sentences stay unseen; irony does for the lexicon, and mostly for the model. Words inside a
    direct quote never judge an actor outside it, words of a partial quote do.

    References
    ----------
    Hamborg, F., & Donnay, K. (2021). NewsMTSC: a dataset for (multi-)target-dependent sentiment classification in
    political news articles. EACL. Hutto, C. J., & Gilbert, E. (2014). VADER: a parsimonious rule-based model for
    sentiment analysis of social media text. ICWSM. Van Atteveldt, W., Van der Velden, M., & Boukes, M. (2021). The
    validity of sentiment analysis. Communication Methods and Measures, 15(2), 121-140.
    """
    if method not in METHODS:
        raise UsageError(f"code_evaluations: unknown method '{method}'; use one of {', '.join(METHODS)}")
    places = find_places(reading, mentions, quotes, languages=LANGUAGES[method], captions=captions)
    judged = (
        judge_by_model(places, model, precision=precision) if method == "model" else _judge_by_words(places, method)
    )
    rows: list[dict[str, Any]] = []
    for article_id, found in groupby(judged, key=lambda pair: pair[0].article_id):
        for number, (place, row) in enumerate(found, start=1):
            about = {"article_id": article_id, "sentence_id": place.sentence_id, "method": method}
            rows.append(about | row | {"evaluation_id": f"{article_id}:e{number:05d}.{method}"})
    return make_table("evaluations", rows)


def _judge_by_words(places: Iterator[Place], method: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Per place, what a list of words says of its actors: in the order of the mentions, then of the sources."""
    judge = judge_by_lexicon if method == "lexicon" else judge_by_vader
    for place in places:
        judged = judge(place.doc, place.first, place.last, place.targets, place.speech, place.language)
        for (target, source_id), cues in sorted(judged.items(), key=lambda item: (item[0][0].first, item[0][1])):
            ground = WORD if method == "lexicon" else NONE
            yield place, make_row(target, source_id, cues) | _add_mood(place, cues, ground)


def _add_mood(place: Place, cues: Sequence[Cue], ground: str) -> dict[str, Any]:
    """What a list of words does not see of itself: questions, conditions and denials, and who reports the speaker."""
    strongest = max(cues, key=lambda cue: (abs(cue.polarity), -cue.start))
    token, _ = find_tokens(place.doc, strongest.start, strongest.end)
    if has_tree(place.doc):
        signs = find_signs(place.doc, place.first, place.last, place.language)
        mood = find_modality(place.doc[token], signs, place.language)
    else:
        mood = find_modality_by_clause(place.doc, place.first, place.last, place.language, token)
    return {
        "outer_source_id": name_outer(innermost(place.speech, token), place.speech),
        "question": mood.question,
        "conditional": mood.conditional,
        "denied": mood.denied,
        "ground": ground,
    }
