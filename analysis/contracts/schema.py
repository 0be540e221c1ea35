"""The columns of the tables: with `schema_roles` and `schema_microframes` the only data dictionary.

Every layer returns one of these tables: tidy, one row per unit of analysis, keys first, fixed column
order and dtypes, sorted by key. Offsets are half-open characters in ``articles.text`` and nothing else:
``text[start:end]`` is the evidence. NaN means no evidence; 0.0 means neutral evidence.
``docs/data-dictionary.md`` is generated from the schemas (`analysis.contracts.dictionary`).
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from analysis.contracts.schema_rules import Table as _Table
from analysis.contracts.schema_rules import text as _text

PARTS = ("headline", "lead", "body", "caption")
PRECISIONS = ("day", "month", "year")
FORMS = ("name", "title", "nominal", "demonym", "metonym", "pronoun")
QUOTE_KINDS = ("direct", "indirect", "partial")
VOICES = ("active", "passive", "agentless_passive", "nominal")
VALENCES = ("conflict", "cooperation", "neutral")
STANCES = ("holds_responsible", "accuses", "demands", "denies", "defends", "admits")
GROUNDS = ("word", "deed", "event", "blame", "implied", "none")
METHODS_BY_PREFERENCE = ("model", "lexicon", "vader")
"""Methods that judge, the best first: where several judged, features, roles and charts rest on the first there is."""
NOTICES = ("refused", "duplicate", "undated", "repaired", "unsupported_language")

AUTHOR = "author"
"""``source_id`` of everything the outlet says in its own voice."""
UNNAMED = "unnamed"
"""``source_id`` of an evaluation inside a quote whose speaker could not be found."""
UNLISTED = "unlisted:"
"""Prefix of the ``actor_id`` of an actor that no codebook lists."""
WORLD = "world:"
"""Prefix of the ``actor_id`` of a country that the codebook does not list (`analysis.codebook.world`)."""
NOT_IN_CODEBOOK = (UNLISTED, WORLD)
"""Prefixes of all actors that the study found by itself."""


class Articles(_Table):
    """One row per article."""

    article_id: Series[str] = _text("Key. File name without ending, the mapped id, or file name and row", unique=True)
    outlet: Series[str] = _text("Outlet as given by the mapping or the caller", nullable=True)
    published: Series[str] = _text("ISO 8601 date to the precision known: 2020-01-02, 2020-01 or 2020", nullable=True)
    published_precision: Series[str] = _text("day, month or year", nullable=True, isin=PRECISIONS)
    headline: Series[str] = _text("Headline; when present it is also the first paragraph of text", nullable=True)
    text: Series[str] = _text("Cleaned text, paragraphs parted by a blank line; all offsets count its characters")
    language: Series[str] = _text("ISO 639-1 code, detected unless given")
    source_file: Series[str] = _text("File the article came from, as given by the caller, with forward slashes")
    n_words: Series[int] = pa.Field(ge=0, description="Words in text, captions included")
    duplicate_of: Series[str] = _text(
        "article_id of the first article with exactly the same text; empty for the first itself", nullable=True
    )


class Sentences(_Table):
    """One row per sentence."""

    article_id: Series[str] = _text("Key")
    sentence_id: Series[int] = pa.Field(ge=0, description="Key. Order in the article, from 0")
    start: Series[int] = pa.Field(ge=0, description="First character")
    end: Series[int] = pa.Field(ge=1, description="After the last character")
    paragraph: Series[int] = pa.Field(ge=0, description="Order of the paragraph in the article, from 0")
    part: Series[str] = _text("headline, lead (first body paragraph), body or caption", isin=PARTS)
    text: Series[str] = _text("articles.text[start:end]")


class Mentions(_Table):
    """One row per place where an actor is named, described or pointed at."""

    mention_id: Series[str] = _text("Key. <article_id>:m<number>", unique=True)
    article_id: Series[str] = _text("The article")
    sentence_id: Series[int] = pa.Field(ge=0, description="The sentence")
    start: Series[int] = pa.Field(ge=0, description="First character")
    end: Series[int] = pa.Field(ge=1, description="After the last character")
    text: Series[str] = _text("articles.text[start:end]")
    actor_id: Series[str] = _text(
        "Actor in the codebook; unlisted:<name> or world:<country> for one that no codebook lists"
    )
    form: Series[str] = _text("name, title, nominal, demonym, metonym or pronoun", isin=FORMS)
    antecedent_id: Series[str] = _text("mention_id that a pronoun or description points back to", nullable=True)
    rule: Series[str] = _text("The rule that found the mention")


class Quotes(_Table):
    """One row per stretch of speech."""

    quote_id: Series[str] = _text("Key. <article_id>:q<number>", unique=True)
    article_id: Series[str] = _text("The article")
    start: Series[int] = pa.Field(ge=0, description="First character of what is said, quotation mark excluded")
    end: Series[int] = pa.Field(ge=1, description="After the last character of what is said")
    kind: Series[str] = _text("direct, indirect or partial", isin=QUOTE_KINDS)
    source_id: Series[str] = _text("actor_id of the speaker; empty where nobody is named", nullable=True)
    source_mention_id: Series[str] = _text("mention_id of the speaker", nullable=True)
    cue: Series[str] = _text("The word or words that report the speech", nullable=True)
    cue_start: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="First character of the cue")
    cue_end: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="After the last character of the cue")
    outer_id: Series[str] = _text("quote_id of the quote that holds this one: its source reports it", nullable=True)
    rule: Series[str] = _text("The pattern that found quote and speaker")


class Evaluations(_Table):
    """One row per sentence, evaluated actor, source and method."""

    evaluation_id: Series[str] = _text("Key. <article_id>:e<number>.<method>", unique=True)
    article_id: Series[str] = _text("The article")
    sentence_id: Series[int] = pa.Field(ge=0, description="The sentence")
    source_id: Series[str] = _text("author (the outlet's own voice), an actor, or unnamed: the innermost voice")
    outer_source_id: Series[str] = _text(
        "Who reports that voice, where the speech stands inside other speech", nullable=True
    )
    target_id: Series[str] = _text("actor_id of the evaluated actor")
    target_mention_id: Series[str] = _text("mention_id of the actor in the sentence, or else of the nearest mention")
    polarity: Series[float] = pa.Field(
        ge=-1,
        le=1,
        description="-1 negative to 1 positive; 0 is neutral. Model: the balance of its probabilities, stretched so "
        "that 0.25 is where it finds a judgement; clear from 0.25 either way",
    )
    p_negative: Series[float] = pa.Field(nullable=True, ge=0, le=1, description="Probability; filled by the model only")
    p_neutral: Series[float] = pa.Field(nullable=True, ge=0, le=1, description="Probability; filled by the model only")
    p_positive: Series[float] = pa.Field(nullable=True, ge=0, le=1, description="Probability; filled by the model only")
    p_source: Series[float] = pa.Field(
        nullable=True,
        ge=0,
        le=1,
        description="Probability of source_id; filled by the model, where the judgement is clear",
    )
    negated: Series[bool] = pa.Field(description="A negation bears on the cue; polarity has it already")
    hedged: Series[bool] = pa.Field(description="A hedge (zou, naar verluidt, reportedly) bears on the cue")
    question: Series[bool] = pa.Field(description="The judgement is asked, not said")
    conditional: Series[bool] = pa.Field(description="The judgement holds if something else does")
    denied: Series[bool] = pa.Field(description="Somebody is said to deny the judgement")
    ground: Series[str] = _text(
        "What a clear judgement rests on: word (a judging word), deed (does harm or good), event (wins, loses, "
        "fails, succeeds), blame (is accused, suspected, called on to stop), implied; none (not clearly judged)",
        isin=GROUNDS,
    )
    cue_start: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="First character of the strongest cue")
    cue_end: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="After the last character of that cue")
    cues: Series[str] = _text(
        "Cue words parted by a bar, `word:-0.50`: of the lexicon all, with their polarity; of the model up to "
        "five, with their signed share of the network's attention; empty where the judgement is not clear",
        nullable=True,
    )
    method: Series[str] = _text(
        "model (a row for every actor of a sentence), lexicon (where it finds a judging word) or vader"
    )


class Actions(_Table):
    """One row per reported deed."""

    action_id: Series[str] = _text("Key. <article_id>:a<number>", unique=True)
    article_id: Series[str] = _text("The article")
    sentence_id: Series[int] = pa.Field(ge=0, description="The sentence")
    agent_id: Series[str] = _text("Who acts; empty where left out (agentless_passive) or no actor", nullable=True)
    predicate: Series[str] = _text("Lemma of the deed")
    patient_id: Series[str] = _text("actor_id of who undergoes it", nullable=True)
    agent_mention_id: Series[str] = _text("mention_id of who acts", nullable=True)
    patient_mention_id: Series[str] = _text("mention_id of who undergoes it", nullable=True)
    event: Series[str] = _text(
        "Type of event, after the event lists in data/languages; empty for other deeds", nullable=True
    )
    voice: Series[str] = _text("active, passive, agentless_passive or nominal", isin=VOICES)
    valence: Series[str] = _text("conflict, cooperation or neutral", isin=VALENCES)
    negated: Series[bool] = pa.Field(description="The deed is said not to be done")
    hedged: Series[bool] = pa.Field(description="A hedge bears on the deed")
    start: Series[int] = pa.Field(ge=0, description="First character of the predicate")
    end: Series[int] = pa.Field(ge=1, description="After the last character of the predicate")
    method: Series[str] = _text("The method that found the deed")


class Responsibility(_Table):
    """One row per statement of who is responsible for what."""

    responsibility_id: Series[str] = _text("Key. <article_id>:r<number>", unique=True)
    article_id: Series[str] = _text("The article")
    sentence_id: Series[int] = pa.Field(ge=0, description="The sentence")
    accuser_id: Series[str] = _text("Who says so: author, an actor, or unnamed")
    accused_id: Series[str] = _text(
        "Who is held responsible, or must act; empty where no actor is named", nullable=True
    )
    stance: Series[str] = _text("holds_responsible, accuses, demands, denies, defends or admits", isin=STANCES)
    event: Series[str] = _text("For what: the words as they stand", nullable=True)
    negated: Series[bool] = pa.Field(description="Said not to be so")
    hedged: Series[bool] = pa.Field(description="Said to be possibly so")
    start: Series[int] = pa.Field(ge=0, description="First character of the words that say it")
    end: Series[int] = pa.Field(ge=1, description="After the last character of those words")
    rule: Series[str] = _text("The pattern that found the row")


class Frames(_Table):
    """One row per sentence, frame, indicator and method for which there is evidence."""

    article_id: Series[str] = _text("Key")
    sentence_id: Series[int] = pa.Field(ge=0, description="Key")
    frame_id: Series[str] = _text("Key. Frame in the codebook")
    score: Series[float] = pa.Field(
        ge=0, le=1, description="Calibrated probability of yes (model), 1 (patterns) or an order (zero_shot)"
    )
    evidence_start: Series[int] = pa.Field(ge=0, description="First character of the evidence")
    evidence_end: Series[int] = pa.Field(ge=1, description="After the last character of the evidence")
    indicator: Series[str] = _text(
        "Key. Indicator of the frame that the evidence answers; the frame itself where it is coded as a whole"
    )
    method: Series[str] = _text("Key. model, patterns or zero_shot")
    is_counted: Series[bool] = pa.Field(
        description="Counts and shares rest on these rows alone: the method that was chosen for the question, not one "
        "that stands beside it"
    )


class ArticleFrames(_Table):
    """One row per article, frame and method that was asked."""

    article_id: Series[str] = _text("Key")
    frame_id: Series[str] = _text("Key. Frame in the codebook")
    score: Series[float] = pa.Field(
        nullable=True, ge=0, le=1, description="Probability (model) or share of sentences; empty without evidence"
    )
    threshold: Series[float] = pa.Field(ge=0, le=1, description="Least score of a frame that is present")
    is_present: Series[bool] = pa.Field(description="The article carries the frame: it has a score, and a high one")
    n_yes: Series[int] = pa.Field(ge=0, description="Sentences that carry the frame by themselves")
    n_sentences: Series[int] = pa.Field(ge=0, description="Sentences that were asked: denominator")
    sentence_id: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="The sentence that speaks most for the frame; empty where none does"
    )
    method: Series[str] = _text("Key. model, patterns or zero_shot")
    is_counted: Series[bool] = pa.Field(description="As in frames")


class Features(_Table):
    """One row per article and actor: the table that charts and models start from."""

    article_id: Series[str] = _text("Key")
    actor_id: Series[str] = _text("Key")
    outlet: Series[str] = _text("Outlet of the article", nullable=True)
    published: Series[str] = _text("Date of the article to the precision known", nullable=True)
    n_sentences: Series[int] = pa.Field(ge=0, description="Sentences of the article, captions left out: denominator")
    n_mentions: Series[int] = pa.Field(ge=0, description="Mentions of the actor")
    prominence: Series[float] = pa.Field(
        nullable=True, ge=0, le=1, description="Mentions of the actor / mentions of all actors in the article"
    )
    n_quotes: Series[int] = pa.Field(ge=0, description="Quotes spoken by the actor")
    n_words_quoted: Series[int] = pa.Field(ge=0, description="Words in them")
    n_evaluations: Series[int] = pa.Field(
        ge=0, description="Evaluations of the actor by one method, the first that judged: denominator of tone"
    )
    tone: Series[float] = pa.Field(nullable=True, ge=-1, le=1, description="Mean polarity of them")
    n_author: Series[int] = pa.Field(ge=0, description="Evaluations in the outlet's own voice: denominator")
    tone_author: Series[float] = pa.Field(nullable=True, ge=-1, le=1, description="Mean polarity of those")
    n_quoted: Series[int] = pa.Field(ge=0, description="Evaluations by quoted sources: denominator")
    tone_quoted: Series[float] = pa.Field(nullable=True, ge=-1, le=1, description="Mean polarity of those")
    share_negative: Series[float] = pa.Field(
        nullable=True,
        ge=0,
        le=1,
        description="Negative evaluations / n_evaluations: polarity of -0.25 or lower",
    )
    n_agent: Series[int] = pa.Field(ge=0, description="Deeds with the actor as agent, negated ones left out")
    n_patient: Series[int] = pa.Field(ge=0, description="Deeds with the actor as patient: denominator")
    share_agentless: Series[float] = pa.Field(
        nullable=True, ge=0, le=1, description="Of the deeds done to the actor, the share told in an agentless passive"
    )
    hero: Series[float] = pa.Field(nullable=True, ge=0, le=1, description="From roles")
    villain: Series[float] = pa.Field(nullable=True, ge=0, le=1, description="From roles")
    victim: Series[float] = pa.Field(nullable=True, ge=0, le=1, description="From roles")
    n_sentences_actor: Series[int] = pa.Field(
        ge=0, description="Sentences that mention the actor: denominator of frames"
    )
    frame_: Series[float] | None = pa.Field(
        alias="^frame_.+$",
        regex=True,
        nullable=True,
        ge=0,
        le=1,
        description="Per frame of the codebook: share of the sentences that mention the actor in which it is present",
    )


class Estimates(_Table):
    """One row per group and measure, with an interval; grouping columns stand first."""

    measure: Series[str] = _text("The column of features, or the share, that is estimated")
    estimate: Series[float] = pa.Field(nullable=True, description="Mean over the units")
    ci_low: Series[float] = pa.Field(nullable=True, description="Lower bound of the interval")
    ci_high: Series[float] = pa.Field(nullable=True, description="Upper bound of the interval")
    n_articles: Series[int] = pa.Field(ge=0, description="Articles behind the estimate")
    n_units: Series[int] = pa.Field(ge=0, description="Units (evaluations, mentions, sentences) behind the estimate")
    unit: Series[str] = _text("What the bootstrap resampled: article, or sentence when there is one article only")
    method: Series[str] = _text("How estimate and interval were made")


class Notices(_Table):
    """One row per thing the reader of a manifest should know about the articles that came in."""

    source_file: Series[str] = _text("File")
    row: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=1, description="Row in the file, the header being row 1")
    article_id: Series[str] = _text("Article, where there is one", nullable=True)
    notice: Series[str] = _text("refused, duplicate, undated, repaired or unsupported_language", isin=NOTICES)
    reason: Series[str] = _text("What is wrong")
    remedy: Series[str] = _text("What to do")
