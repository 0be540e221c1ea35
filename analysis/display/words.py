"""The words on charts and pages, Dutch and English, in one place.

Reads a key and a language; returns text. Nothing else in the room of display writes a chart word of its own, so
that one concept has one name in every chart. Numbers follow the language too: a decimal comma in Dutch.
"""

from __future__ import annotations

import math
from difflib import get_close_matches

from analysis.codebook import Codebook
from analysis.errors import UsageError
from analysis.schema import AUTHOR, NOT_IN_CODEBOOK, UNNAMED, WORLD
from analysis.world import label_country

LANGUAGES = ("nl", "en")
MISSING = "–"
"""What stands where there is no evidence; never a zero."""

_WORDS: dict[str, tuple[str, str]] = {
    # concepts
    "own_voice": ("eigen stem", "own voice"),
    "quoted": ("geciteerd", "quoted"),
    "unnamed": ("niet genoemde bron", "unnamed source"),
    "nobody": ("spreker niet genoemd", "speaker not named"),
    "direct": ("letterlijk", "direct"),
    "partial": ("deels letterlijk", "partial"),
    "indirect": ("weergegeven", "indirect"),
    "negative": ("negatief", "negative"),
    "neutral": ("neutraal", "neutral"),
    "positive": ("positief", "positive"),
    "actor": ("actor", "actor"),
    "source": ("bron", "source"),
    "target": ("beoordeelde actor", "evaluated actor"),
    "paragraph": ("alinea", "paragraph"),
    "tone": ("toon", "tone"),
    "mean_polarity": ("gemiddelde polariteit", "mean polarity"),
    "share_evaluations": ("aandeel beoordelingen", "share of evaluations"),
    "n_evaluations": ("aantal beoordelingen", "number of evaluations"),
    "no_agent": ("dader weggelaten", "agent left out"),
    "other_agent": ("iemand anders", "somebody else"),
    "no_patient": ("niemand genoemd", "nobody named"),
    "agent": ("wie doet het", "who acts"),
    "patient": ("wie ondergaat het", "who undergoes it"),
    "acts": ("handelt", "acts"),
    "undergoes": ("ondergaat", "undergoes"),
    "listed": ("dader genoemd", "doer named"),
    "hero": ("held", "hero"),
    "villain": ("schurk", "villain"),
    "victim": ("slachtoffer", "victim"),
    "source_id_problem_definition": ("stelt een probleem", "defines a problem"),
    "source_id_causal_attribution": ("noemt een oorzaak", "names a cause"),
    "source_id_moral_evaluation": ("oordeelt moreel", "judges morally"),
    "source_id_treatment_recommendation": ("zegt wat moet", "says what to do"),
    "actor_id_problem_definition": ("maakt het probleem", "makes the problem"),
    "actor_id_causal_attribution": ("krijgt de schuld", "is blamed"),
    "actor_id_moral_evaluation": ("wordt beoordeeld", "is judged"),
    "actor_id_treatment_recommendation": ("moet iets doen", "must act"),
    "n_role_sentences": ("zinnen die voor een rol spreken", "sentences that speak for a role"),
    "n_deeds": ("handelingen", "deeds"),
    "share_deeds": ("aandeel handelingen", "share of deeds"),
    # axes
    "n_mentions": ("vermeldingen", "mentions"),
    "prominence": ("aandeel", "share"),
    "n_words": ("woorden aan het woord", "words spoken"),
    "share_sentences": ("aandeel zinnen", "share of sentences"),
    "share_articles": ("aandeel artikelen", "share of articles"),
    "share_quotes": ("aandeel citaten", "share of quotes"),
    "share_toned": ("aandeel actoren met een duidelijke toon", "share of actors with a clear tone"),
    "mean_tone": ("toon per artikel", "tone per article"),
    "tone_change": ("verandering in toon per artikel", "change in tone per article"),
    "tone_trend": ("verandering in toon per week", "change in tone a week"),
    "n_named": ("personen met naam per artikel", "persons named per article"),
    "difference_in": ("verschil in {measure}", "difference in {measure}"),
    "week": ("week {n}", "week {n}"),
    "answered_model": ("model", "model"),
    "answered_patterns": ("woordpatronen", "word patterns"),
    "answered_zero_shot": ("voorbeeldzinnen", "example sentences"),
    "of_sentence": ("zinnen: n = {n}, fout {e}", "sentences: n = {n}, error {e}"),
    "of_article": ("artikelen: n = {n}, fout {e}", "articles: n = {n}, error {e}"),
    "probability_yes": ("genoemde kans op ja", "stated probability of yes"),
    "share_yes": ("aandeel ja in de codering", "share of yes in the coding"),
    "paragraph_n": ("alinea (eronder: aantal zinnen)", "paragraph (below: number of sentences)"),
    # titles: the question a chart answers
    "title_mentions": ("Wie is er in het nieuws?", "Who is in the news?"),
    "title_tone": (
        "Hoe wordt elke actor beoordeeld, en door wie?",
        "How is each actor evaluated, and by whom?",
    ),
    "title_voices": ("Wie komt er aan het woord, en hoe lang?", "Who gets to speak, and for how long?"),
    "title_who_on_whom": ("Wie oordeelt hoe over wie?", "Who judges whom, and how?"),
    "title_pairs": ("Welke bron oordeelt het vaakst over wie?", "Which source judges whom most often?"),
    "title_frames_by_paragraph": ("Welke frames staan waar in de tekst?", "Which frames stand where in the text?"),
    "title_frames_by_actor": ("In welke frames komt elke actor voor?", "In which frames does each actor appear?"),
    "title_frame_reliability": (
        "Is de kans die het model noemt te geloven?",
        "Can the model's probability be believed?",
    ),
    "title_frames_by_voice": ("In wiens stem staat welk frame?", "In whose voice does each frame stand?"),
    "title_frames_by_method": ("Vinden de methoden dezelfde frames?", "Do the methods find the same frames?"),
    "title_actions": ("Wie doet iets met wie?", "Who acts on whom?"),
    "title_groups_tone": ("In welk licht staat elke actor?", "In what light does each actor stand?"),
    "title_groups_carried": ("Welke frames dragen de artikelen?", "Which frames do the articles carry?"),
    "title_groups_spoken": ("Wie komt er aan het woord?", "Who gets to speak?"),
    "title_groups_change": ("Wat veranderde er na het keerpunt?", "What changed after the turning point?"),
    "title_groups_trend": ("Wat verandert er per week?", "What changes from week to week?"),
    "title_groups": ("Waarin verschillen de groepen?", "How do the groups differ?"),
    "title_differences": ("Welke groep wijkt af van de andere?", "Which group departs from the others?"),
    "title_over_time_of": ("Hoe verandert de toon over {name}?", "How does the tone of {name} change?"),
    "title_over_time": ("Hoe verandert het in de tijd?", "How does it change over time?"),
    "title_roles": ("Wie is held, schurk of slachtoffer?", "Who is hero, villain or victim?"),
    "title_functions_source_id": ("Wie duidt wat er aan de hand is?", "Who says what is the matter?"),
    "title_functions_actor_id": ("Over wie gaat die duiding?", "Whom is that about?"),
    "title_agency": ("Wie handelt, en wie ondergaat?", "Who acts, and who undergoes?"),
    "title_left_out": ("Bij welke daden ontbreekt de dader?", "Of which deeds is the doer left out?"),
    "title_left_out_actors": ("Bij wie ontbreekt de dader?", "Who undergoes deeds without a doer?"),
    "title_microframes": (
        "Naar welke betekenis neigen de zinnen over elke actor?",
        "To which meaning do the sentences about each actor lean?",
    ),
    "title_profiles": (
        "Hoe staan de actoren tussen tegengestelde betekenissen?",
        "Where do the actors stand between opposite meanings?",
    ),
    "bias": ("bias (standaarddeviaties van een zin)", "bias (standard deviations of a sentence)"),
    # captions
    "this_article": ("beschrijft alleen dit artikel", "describes this article only"),
    "articles": ("{n} artikelen", "{n} articles"),
    "interval": ("lijn: {level} %-interval, {unit} herbemonsterd", "line: {level}% interval, {unit} resampled"),
    "unit_article": ("artikelen", "articles"),
    "unit_sentence": ("zinnen", "sentences"),
    "open_marker": ("open: minder dan drie", "open: fewer than three"),
    "no_line": (
        "zonder lijn: minder dan tien, of uit minder dan vijf artikelen of zinnen",
        "no line: fewer than ten, or from fewer than five articles or sentences",
    ),
    "no_line_between": (
        "zonder lijn: samen minder dan tien, of minder dan vijf aan een kant",
        "no line: fewer than ten together, or than five on a side",
    ),
    "no_spread": ("dwarsstreep: geen spreiding", "crossbar: no spread"),
    "open_cell": ("alleen omlijnd: minder dan drie", "outline only: fewer than three"),
    "faded_bar": ("bleek: minder dan drie", "pale: fewer than three"),
    "coded_by_models": (
        "goudcodes: van taalmodellen, niet van mensen",
        "gold codes: by language models, not by people",
    ),
    "by_models": ("gecodeerd door taalmodellen", "coded by language models"),
    "by_people": ("gecodeerd door mensen", "coded by people"),
    "coded_by_people": ("goudcodes: van mensen", "gold codes: by people"),
    "whole_marker": ("ster: alle artikelen, dus geen interval", "star: all articles, so no interval"),
    "caption_mentions": (
        "Eenheid: vermelding, n = {n}. Punt: aandeel van de actor in alle vermeldingen van een artikel",
        "Unit: mention, n = {n}. Dot: the actor's share of all mentions in an article",
    ),
    "caption_tone": (
        "Eenheid: beoordeling, n = {n}; achter elke naam de n per stem",
        "Unit: evaluation, n = {n}; n per voice behind each name",
    ),
    "caption_voices": (
        "Eenheid: woord, n = {n}; achter elke naam n citaten",
        "Unit: word, n = {n}; n quotes behind each name",
    ),
    "caption_who_on_whom": (
        "Eenheid: beoordeling, n = {n}, ook tussen haakjes. Vak: gemiddelde (oranje: negatief); geen vak: geen bewijs",
        "Unit: evaluation, n = {n}, also in brackets. Box: mean (orange is negative); no box: no evidence",
    ),
    "caption_pairs": (
        "Eenheid: beoordeling, n = {n}. Paren van minstens twee; achter de staaf: gemiddelde; neutraal: onder ±0,25",
        "Unit: evaluation, n = {n}. Pairs of at least two; behind the bar: mean; neutral: within ±0.25",
    ),
    "caption_frames_by_paragraph": (
        "Eenheid: zin, n = {n}. Staaf: aandeel van de zinnen van een alinea met het frame, bijschriften niet meegeteld",
        "Unit: sentence, n = {n}. Bar: share of a paragraph's sentences with the frame, photo captions left out",
    ),
    "caption_frame_reliability": (
        "Eenheid: antwoord over een weggelaten tekst, n bij elke punt. Streepjes: zo vaak ja als gezegd",
        "Unit: answer about a text left out, n beside each dot. Dashes: yes as often as said",
    ),
    "caption_frames_by_voice": (
        "Eenheid: zin, geciteerd als minstens de helft dat is. Cel: zinnen met het frame / zinnen van die stem",
        "Unit: sentence, quoted if at least half of it is. Cell: sentences with the frame / sentences of that voice",
    ),
    "caption_frames_by_method": (
        "Eenheid: zin, n = {n}. Teken: aandeel van de zinnen met het frame, bijschriften niet meegeteld",
        "Unit: sentence, n = {n}. Mark: share of the sentences with the frame, photo captions left out",
    ),
    "caption_frames_by_actor": (
        "Eenheid: zin die de actor noemt. Cel: zinnen met het frame / zinnen met de actor; donkerder: groter aandeel",
        "Unit: sentence that mentions the actor. Cell: sentences with the frame / with the actor; darker: larger share",
    ),
    "caption_actions": (
        "Eenheid: handeling, n = {n}. Vak: aantal handelingen; geen vak: geen bewijs",
        "Unit: deed, n = {n}. Box: number of deeds; no box: no evidence",
    ),
    "caption_microframes": (
        "Eenheid: zin die de actor noemt, n achter elke naam. Cel: bias; paars: naar het laatste woord",
        "Unit: sentence that mentions the actor, n behind each name. Cell: bias; purple: to the last word",
    ),
    "caption_profiles": (
        "Eenheid: zin die de actor noemt, n achter elke naam. 0: alle zinnen met een actor",
        "Unit: sentence that mentions the actor, n behind each name. 0: all sentences with an actor",
    ),
    "framed": ("omkaderd: verschilt van toeval (q < {level})", "framed: differs from chance (q < {level})"),
    "filled": ("gevuld: verschilt van toeval (q < {level})", "filled: differs from chance (q < {level})"),
    "estimator_naive": ("machinecodes", "machine codes"),
    "estimator_corrected": ("gecorrigeerd", "corrected"),
    "estimator_coded": ("alleen goudcodes", "gold codes alone"),
    "estimator_all": ("alle goudcodes", "all gold codes"),
    "caption_groups": ("Tussen haakjes: n per groep", "In brackets: n per group"),
    "caption_estimators": (
        "Achter elke naam n: ● artikelen, de andere tekens goudcodes",
        "Behind each name n: ● articles, other marks gold codes",
    ),
    "interval_clustered": (
        "lijn: {level} %-interval, fouten geclusterd per artikel",
        "line: {level}% interval, errors clustered by article",
    ),
    "caption_differences": (
        "Punt: de groep min alle andere; tussen haakjes: artikelen van beide",
        "Dot: the group minus all others; in brackets: articles of both",
    ),
    "filled_marker": (
        "dicht teken: verschil blijft na correctie voor {n} toetsen (p < 0,05)",
        "filled marker: difference remains after correction for {n} tests (p < 0.05)",
    ),
    "caption_over_time": ("n = {n}", "n = {n}"),
    "n_below": ("tussen haakjes: artikelen", "in brackets: articles"),
    "caption_roles": (
        "Aantal zinnen per rol; een zin kan voor twee rollen spreken; tussen haakjes: zinnen in totaal",
        "Number of sentences per role; a sentence may speak for two roles; in brackets: sentences in all",
    ),
    "caption_functions": (
        "Aantal plaatsen per framingfunctie (Entman 1993); geen vak: geen bewijs; tussen haakjes: in totaal",
        "Number of places per framing function (Entman 1993); no box: no evidence; in brackets: in all",
    ),
    "caption_agency": (
        "Eenheid: handeling, n = {n} met een dader uit het onderzoek. Ontkende handelingen tellen niet mee",
        "Unit: deed, n = {n} with a doer of the study. Negated deeds do not count",
    ),
    "caption_left_out": (
        "Eenheid: handeling die een werkwoord meldt, n = {n}, ook tussen haakjes. Cijfer: aantal handelingen",
        "Unit: deed told by a verb, n = {n}, also in brackets. Number: deeds",
    ),
    "method_model": ("beoordeeld door het leesmodel", "judged by the reading model"),
    "method_lexicon": ("beoordeeld met het lexicon", "judged by the lexicon"),
    "method_vader": ("beoordeeld met VADER", "judged by VADER"),
    "clear_only": ("alleen duidelijke", "clear ones only"),
    "no_interval": ("zonder interval", "no interval"),
    "columns": ("kolommen: {key}", "columns: {key}"),
    "top": ("{shown} van {total} getoond", "{shown} of {total} shown"),
    "unlisted": ("* niet in het codeboek", "* not in the codebook"),
    "no_evidence": ("Geen bewijs in deze tekst.", "There is no evidence in this text."),
    # evidence view
    "legend": ("Legenda", "Legend"),
    "actors": ("Actoren", "Actors"),
    "quotes": ("Citaten", "Quotes"),
    "evaluations": ("Beoordelingen", "Evaluations"),
    "frames": ("Frames", "Frames"),
    "sentence": ("zin", "sentence"),
    "cues": ("woorden", "words"),
    "polarity": ("polariteit", "polarity"),
    "speaker": ("spreker", "speaker"),
    "kind": ("soort", "kind"),
    "quote": ("citaat", "quote"),
    "indicator": ("vraag", "question"),
    "rule": ("regel", "rule"),
    "method": ("methode", "method"),
    "negated": ("ontkend", "negated"),
    "hedged": ("onder voorbehoud", "hedged"),
    "about": ("over", "about"),
    "by": ("door", "by"),
    "evidence": ("Bewijs in de tekst", "Evidence in the text"),
    "article": ("artikel", "article"),
    "headline": ("kop", "headline"),
    "outlet": ("medium", "outlet"),
    "published": ("datum", "published"),
    "back": ("Alle artikelen", "All articles"),
    "is_caption": ("bijschrift", "caption"),
}


def word(key: str, language: str = "nl", /, **values: object) -> str:
    """The chart word `key` in a language, with `values` filled in.

    Raises
    ------
    UsageError
        For an unknown key or a language the charts do not speak.

    Examples
    --------
    >>> word("own_voice", "nl"), word("own_voice", "en")
    ('eigen stem', 'own voice')
    """
    if language not in LANGUAGES:
        raise UsageError(f"charts speak {' and '.join(LANGUAGES)}, not '{language}'; pass language='nl' or 'en'")
    if key not in _WORDS:
        near = get_close_matches(key, _WORDS, n=1)
        raise UsageError(f"there is no chart word '{key}'" + (f"; did you mean '{near[0]}'?" if near else ""))
    return _WORDS[key][LANGUAGES.index(language)].format(**values)


def number(value: float, language: str = "nl", *, decimals: int = 1, signed: bool = False) -> str:
    """A number as the language writes it; never ``-0,0``, and a dash where there is none.

    Examples
    --------
    >>> number(-0.26, "nl"), number(0.5, "en", signed=True), number(-0.04, "nl"), number(float("nan"))
    ('−0,3', '+0.5', '0,0', '–')
    """
    if math.isnan(value):
        return MISSING
    rounded = round(value, decimals) + 0.0
    text = f"{rounded:+.{decimals}f}" if signed and rounded else f"{rounded:.{decimals}f}"
    text = text.replace("-", "−")
    return text.replace(".", ",") if language == "nl" else text


def label(actor_id: str, codebook: Codebook, language: str = "nl") -> str:
    """The name to show for an actor, frame or source.

    Parameters
    ----------
    actor_id : str
        An id of the codebook, ``author`` (the outlet's own voice), ``unnamed``, ``unlisted:<name>`` or
        ``world:<country code>``.
    codebook : Codebook
        Where labels come from.
    language : {"nl", "en"}

    Returns
    -------
    str
        The label; an actor that no codebook lists ends in `` *``, which captions explain.

    Examples
    --------
    >>> from analysis.codebook import EMPTY
    >>> label("unlisted:angela_merkel", EMPTY), label("world:DE", EMPTY), label("author", EMPTY)
    ('angela merkel *', 'Duitsland *', 'eigen stem')
    """
    if actor_id == AUTHOR:
        return word("own_voice", language)
    if actor_id == UNNAMED:
        return word("unnamed", language)
    is_country = actor_id.startswith(WORLD)
    name = label_country(actor_id, codebook, language) if is_country else codebook.label(actor_id, language)
    shown = " ".join(name.split())
    return f"{shown} *" if actor_id.startswith(NOT_IN_CODEBOOK) else shown
