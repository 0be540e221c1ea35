"""Speech between quotation marks and its speaker: a table of named patterns, specific before general.

Reads an `ArticleView` and one span between quotation marks; returns an `Attribution`, or None where the marks
enclose no speech (a title, a word held at arm's length). Patterns across sentences come last.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from analysis.coding.language.reporting import Cue
from analysis.coding.quotes.context import Attribution, Context, is_embedded, make_attribution
from analysis.coding.quotes.cues import (
    BREAK,
    NOT_SPEECH,
    TITLED,
    find_participle,
    find_preposition,
    is_programme,
    is_subordinate,
    speaker_of_participle,
)
from analysis.coding.quotes.speakers import (
    PREPOSITIONS,
    PRONOUNS,
    ArticleView,
    Speaker,
    find_subject,
    resolve_pronoun,
    speaker_after,
    speaker_before,
    speaker_heard,
    speaker_named_by,
    speaker_of,
)
from analysis.contracts.words import load_both, load_words

_VERB = {
    "nl": re.compile(r"^(?!met$|niet$|het$|dat$|uit$|want$|wat$).*(?:t|d|de|te|den|ten|ng|p|k|g|f|s|nam|gon)\Z"),
    "en": re.compile(r"(?:ed|ang|s)\Z"),
}
_ARTICLES = load_both("function_words", "speaker_determiners")
_ASKING = re.compile(r"(?:vr[ao]e?ge?[nt]?|vraagt|asks?|asked)\b", re.IGNORECASE)
_ADVERBS = load_both("quotes", "adverbs_before_verb")
_OPENS_HUMAN = load_words("quotes", "human_subject_openers", "en")
_GOES_ON = load_both("quotes", "continuing_conjunctions")


Rule = Callable[[Context], Attribution | None]


def adverb_after(context: Context) -> Attribution | None:
    """``‘...’, aldus Karel Poot``; ``“...,” according to Ortega``."""
    words = context.view.words_in(context.span.close, context.stop)[:5]
    cue = find_preposition(context.view, words)
    if cue is None or cue[1] != words[0].start:
        return None
    speaker = speaker_named_by(context.view, cue, context.stop)
    return make_attribution("adverb_after", speaker, cue, is_partial=is_embedded(context))


def dash_after(context: Context) -> Attribution | None:
    """``‘Wij gaan door.’ – Karel Poot``: a dash and a name close the quote, as under a letter or a caption."""
    view = context.view
    line = view.text[context.span.close : view.paragraph_at(context.span.open)[1]].split("\n")[0]
    found = re.match(r"\s*(?:[―—–]|--)\s*", line)
    if found is None or not context.is_sentence:
        return None
    at = context.span.close + found.end()
    named = next((m for m in view.mentions_in(at, context.span.close + len(line)) if m.start == at), None)
    rest = line[found.end() if named is None else named.end - context.span.close :].strip(" .")
    if len(rest.split()) > (4 if named is None else 1) or (named is None and not rest[:1].isupper()):
        return None
    return make_attribution("dash_after", Speaker(named), None)


def verb_after(context: Context) -> Attribution | None:
    """``‘...’, zei Karel Poot``; ``‘...’ riep de menigte``; ``‘...’, zo zei hij``; ``“...,” said Ortega``."""
    view, text = context.view, context.view.text
    words = view.words_in(context.span.close, context.stop)
    skipped = 0
    while skipped < min(2, len(words)) and words[skipped].text.lower() in _ADVERBS:
        skipped += 1
    if len(words) <= skipped or re.search(r"[.;:!?]", text[context.span.close : words[skipped].start]):
        return None
    cues = [cue for cue in view.cues_in(context.span.close, context.stop) if cue.start == words[skipped].start]
    if not cues or text[cues[0].first_end : cues[0].first_end + 1] in ".;":
        return None
    speaker = speaker_of(view, cues[0], context.stop)
    if speaker is None or (
        view.reporting.language == "en" and speaker.mention is None and not _is_human(view, cues[0], context.stop)
    ):
        return None
    return make_attribution("verb_after", speaker, cues[0], is_partial=is_embedded(context))


def _is_human(view: ArticleView, cue: Cue, stop: int) -> bool:
    words = view.words_in(cue.first_end, stop)
    return bool(words) and words[0].text.lower() in _OPENS_HUMAN


def any_verb_after(context: Context) -> Attribution | None:
    """``‘Geen boeren, geen brood’, zong de menigte``: after a whole sentence any verb before an actor reports it."""
    view = context.view
    words = view.words_in(context.span.close, context.stop)[:6]
    said = context.said
    is_speech = context.is_sentence or said[-1:] in ",!?"
    if len(words) < 2 or not is_speech or not words[0].text.islower():
        return None
    gap = view.text[context.span.close : words[0].start].strip()
    if not (gap == "," or (not gap and said[-1] in ",?!")) or not _VERB[view.reporting.language].search(words[0].text):
        return None
    speaker = speaker_after(view, words[0].end, context.stop)
    is_described = said[-1:] in ",!?" and words[1].text.lower() in _ARTICLES
    if speaker is None or (speaker.mention is None and not is_described):
        return None
    if speaker.mention is not None and speaker.mention.start - words[0].end > 40:
        return None
    return make_attribution("any_verb_after", speaker, (words[0].text, words[0].start, words[0].end))


def subject_verb_after(context: Context) -> Attribution | None:
    """``“The port is closed,” Ortega said``; ``“...,” a spokesman for Veldbelang told reporters``."""
    view, said = context.view, context.said
    if not (said[-1:] in ",?!.…—–-" or context.tail.lstrip().startswith(",")) or re.match(r"\W*[.;:]", context.tail):
        return None
    for cue in view.cues_in(context.span.close, context.stop)[:1]:
        if cue.is_heard:
            return None
        between = view.text[context.span.close : cue.start]
        lead = between.strip(" ,").split()
        if len(lead) > 14 or BREAK.search(between) or (lead and lead[0].lower() in _GOES_ON):
            return None
        speaker = speaker_before(view, context.span.close, cue.start, cue.start)
        if speaker is None:
            speaker = Speaker(None) if lead else None
        if speaker is not None:
            return make_attribution("subject_verb_after", speaker, cue, is_partial=is_embedded(context))
    return None


def split(context: Context) -> Attribution | None:
    """``‘Het is genoeg’, zei Poot, ‘maar wij blijven rustig’``: the second half has the speaker of the first."""
    if context.previous is None or context.before is None or context.before.cue_start is None:
        return None
    if context.before.cue_start < context.previous.close or context.previous.close <= context.left:
        return None
    between = context.view.text[context.previous.close : context.span.open]
    if re.search(r"[.!?]\s*\Z", between) and context.is_sentence:
        return None
    if len(between) > 160 or not between.rstrip().endswith((",", ":", ".", ";")):
        return None
    return context.before._replace(rule="split", is_partial=False)


def colon(context: Context) -> Attribution | None:
    """``Op het plein zei Van Dalen: “...”`` (verb_colon); ``Hanneke van Dalen: ‘...’`` (colon)."""
    view, lead = context.view, context.lead.rstrip()
    if not lead.endswith(":"):
        return None
    cues = view.cues_in(context.left, context.span.open)
    if cues and cues[-1].is_heard:
        heard = speaker_of(view, cues[-1], context.span.open)
        if heard is None or heard.mention is None:
            heard = speaker_heard(view, context.left, cues[-1]) or Speaker(None)
        return make_attribution("verb_colon", heard, cues[-1])
    if cues and not is_subordinate(view, context.left, cues[-1]):
        cue = cues[-1]
        speaker = speaker_before(view, context.left, cue.start, context.span.open)
        if speaker is None or speaker.mention is None:
            speaker = speaker_after(view, cue.first_end, context.span.open - 1) or speaker
        if speaker is None or speaker.mention is None:
            speaker = Speaker(find_subject(view, context.left, context.span.open))
        return make_attribution("verb_colon", speaker, cue)
    at = context.left + len(lead) - 1
    subject = find_subject(view, context.left, context.span.open)
    suffix = ""
    if subject is None:
        pronoun = next((w for w in view.words_in(context.left, at) if w.text.lower() in PRONOUNS), None)
        subject = resolve_pronoun(view, pronoun) if pronoun else None
        suffix = "_pronoun" if subject else ""
    if subject is None:
        named = view.mentions_in(context.left, at)
        subject = next((m for m in named if m.actor_id in view.persons), named[0] if named else None)
    return make_attribution("colon", Speaker(subject, suffix), (":", at, at + 1))


def according_to(context: Context) -> Attribution | None:
    """``Volgens Van Dalen is het plan “een eerste stap”``; ``Het plan is ‘een stap’ volgens haar``."""
    view = context.view
    if TITLED.search(context.lead):
        return None
    for start, end in ((context.left, context.span.open), (context.span.close, context.stop)):
        cue = find_preposition(view, view.words_in(start, end))
        if cue is not None:
            speaker = speaker_named_by(view, cue, end)
            if speaker is not None and (speaker.mention is not None or start == context.left):
                return make_attribution(
                    "according_to", speaker, cue, is_partial=is_embedded(context) or not context.is_sentence
                )
    return None


def verb_before(context: Context) -> Attribution | None:
    """``X noemt het ‘onverstandig’``; ``X liet weten een ‘geplande ontregeling’ te zien``; ``X said, “...”``."""
    view = context.view
    if (
        TITLED.search(context.lead)
        or re.search(r"[.!?]\s*\Z", context.lead)
        or is_programme(context.lead, context.said)
    ):
        return None
    cues = view.cues_in(context.left, context.span.open)
    participle = find_participle(view, context.left, context.span.open)
    if participle is not None and (not cues or cues[-1].start < participle[1]):
        return make_attribution(
            "verb_before", speaker_of_participle(view, context.left, participle[1]), participle, is_partial=True
        )
    for cue in reversed(cues):
        if cue.is_heard or (
            NOT_SPEECH.fullmatch(cue.text) and "," in view.text[cue.end : context.span.open].rstrip()[:-1]
        ):
            continue
        if re.search(r"\b(?:te|to)\s+\Z", view.text[context.left : cue.start]):
            continue  # the subject of an infinitive is another matter
        start = _clause_start(view, context.left, cue.start)
        speaker = speaker_before(view, start, cue.start, context.span.open)
        if speaker is None and start > context.left:
            speaker = speaker_before(view, context.left, cue.start, context.span.open)
        if speaker is None:
            lead = [word.text.lower() for word in view.words_in(start, cue.start)]
            if not 0 < len(lead) < 5 or set(lead) & PREPOSITIONS:
                continue
            speaker = Speaker(None)  # somebody speaks whom nobody lists: ‘Observers described ...’
        is_whole = context.is_sentence and context.lead.rstrip()[-1:] in ",:"
        return make_attribution("verb_before", speaker, cue, is_partial=not is_whole)
    return None


def _clause_start(view: ArticleView, left: int, cue: int) -> int:
    """After the last span between quotation marks before the cue, when a clause of its own begins there."""
    closed = [span.close for span in view.outer if left <= span.close <= cue]
    if closed and re.match(r"[,.;]?\s*(?:en|maar|and|but|terwijl|while)\b", view.text[closed[-1] : cue]):
        return closed[-1]
    return left


def verb_later(context: Context) -> Attribution | None:
    """``De ‘regelzucht’ moet stoppen, zegt Karel Poot``: the cue closes the sentence that the quote is part of."""
    view = context.view
    if TITLED.search(context.lead):
        return None
    for cue in reversed(view.cues_in(context.span.close, context.right)):
        comma = view.text.rfind(",", context.span.close, cue.start)
        if comma < 0:
            continue
        lead = view.words_in(comma, cue.start)
        if not lead:
            speaker = speaker_of(view, cue, context.right)
        elif len(lead) < 9:
            speaker = speaker_before(view, comma, cue.start, cue.start)
        else:
            continue
        if speaker is not None and speaker.mention is not None:
            return make_attribution("verb_later", speaker, cue, is_partial=True)
    cue_words = find_preposition(view, view.words_in(context.span.close, context.right))
    if cue_words is not None:
        speaker = speaker_named_by(view, cue_words, context.right)
        if speaker is not None and speaker.mention is not None:
            return make_attribution("verb_later", speaker, cue_words, is_partial=True)
    return None


def continued(context: Context) -> Attribution | None:
    """``‘...’, zei Poot. ‘Niemand houdt ons tegen.’``: a quote of its own right after a sentence that quotes."""
    view = context.view
    if context.previous is None or context.before is None or not _stands_alone(context):
        return None
    between = view.text[context.previous.close : context.span.open]
    if between.count("\n\n") > 1 or len(re.findall(r"[.!?](?=\s)", between)) > 1 or len(between) > 250:
        return None
    if "\n\n" in between and (between.strip() or context.before.rule == "continued"):
        return None
    if context.before.cue is not None and _ASKING.match(context.before.cue):
        return None  # who answers is somebody else
    speaker = context.before.mention
    if speaker is not None and view.is_addressed(context.span, speaker.actor_id):
        return None
    return context.before._replace(rule="continued", cue=None, cue_start=None, cue_end=None, is_partial=False)


def introduced(context: Context) -> Attribution | None:
    """``Karel Poot zette Van Dalen op haar plaats. ‘Weer krijgt hij de schuld.’``: the subject just before."""
    view = context.view
    if not _stands_alone(context):
        return None
    here = view.sentence_at(context.span.open)
    while here > 0 and view.sentences[here][0] >= context.span.open:
        here -= 1
    if view.sentences[here][0] < context.span.open < view.sentences[here][1] and view.words_in(
        view.sentences[here][0], context.span.open
    ):
        return None
    for n in range(here, max(-1, here - 2), -1):
        start, end = view.sentences[n]
        end = min(end, context.span.open)
        if not view.words_in(start, end):
            continue
        if "\n\n" in view.text[end : context.span.open]:
            return None
        subject = find_subject(view, start, end)
        if subject is None:
            pronoun = next((w for w in view.words_in(start, end) if w.text.lower() in PRONOUNS), None)
            resolved = resolve_pronoun(view, pronoun) if pronoun else None
            return make_attribution("introduced", Speaker(resolved, "_pronoun"), None) if resolved else None
        return make_attribution("introduced", Speaker(subject), None)
    return None


def _stands_alone(context: Context) -> bool:
    lead = context.lead
    if context.previous and context.previous.close > context.left:
        lead = context.view.text[context.previous.close : context.span.open]
    is_first = not re.search(r"\w", lead) or bool(re.search(r"[.!?]\s*\Z", lead))
    is_last = not re.search(r"\w", context.view.text[context.span.close : context.stop])
    said = context.said
    return is_first and is_last and said[:1].isupper() and len(said.split()) > 3


def unattributed(context: Context) -> Attribution | None:
    """``‘Zo gaat het hier nu altijd.’`` where nobody is near: speech, but nobody's."""
    return (
        make_attribution("unattributed", None, None)
        if _stands_alone(context) and not TITLED.search(context.lead)
        else None
    )


RULES: tuple[Rule, ...] = (
    split, adverb_after, dash_after, colon, verb_after, subject_verb_after, any_verb_after, according_to, verb_before,
    verb_later, continued, introduced, unattributed,
)  # fmt: skip
"""The patterns in the order in which they are tried; the first that fits decides."""


def attribute(context: Context) -> Attribution | None:
    """Speaker and cue of a span, or None where it is no speech."""
    for rule in RULES:
        attribution = rule(context)
        if attribution is not None:
            return attribution
    return None
