"""Who speaks: from a cue to a mention, by the tree or, where it shows nobody, by place.

Reads an `ArticleView` with a cue or a word of its Doc; returns a `Speaker`. A subject that is no mention gives a
speaker without one. Without a tree the phrase right after a verb speaks, else the nearest before it.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from analysis.coding.language.gender import FEMALE, MALE, gender_of_name, gender_of_noun
from analysis.coding.language.record import language_of
from analysis.coding.language.reporting import Cue
from analysis.coding.language.tokens import Word, function_words
from analysis.coding.quotes.article import NAMED, ArticleView, Mention, Speaker
from analysis.coding.quotes.cues import find_speaking
from analysis.coding.syntax.trees import children, expand, find_tokens, obliques
from analysis.contracts.words import load_both

PRONOUNS = load_both("pronouns", "third_person_subjects")
FIRST_PERSONS = load_both("pronouns", "first_person_speakers")
_THIRD_PERSONS = load_both("pronouns", "third_person_speakers")
_OTHER_PRONOUNS = load_both("pronouns", "other_subjects")
_OBJECTS = load_both("pronouns", "objects_without_tree")
_OBJECT_OR_POSSESSIVE = load_both("pronouns", "object_or_possessive")
_HE, _SHE = load_both("pronouns", "masculine"), load_both("pronouns", "feminine")
_MAY_BE_GROUP = load_both("pronouns", "plural_or_feminine")
PREPOSITIONS = load_both("function_words", "prepositions")
_DETERMINERS = load_both("function_words", "subject_determiners")
_HEARD_AT = load_both("function_words", "heard_source_prepositions")
_PART_OF = load_both("function_words", "group_prepositions")
_BOUNDARIES = load_both("quotes", "clause_boundaries")
_QUANTITIES = load_both("quotes", "quantity_words")
_NO_SPEAKERS = load_both("quotes", "labels")
_VOICES = load_both("quotes", "voices")
_VOICE_STEMS = tuple(sorted(load_both("quotes", "voice_stems")))
_BREAK = re.compile(r"[;:.!?()]")
_SHORT = 5
"""Fewer words than these before a cue are a subject, whoever it is."""
_NEAR = 7
"""Most words between a cue and the speaker after it."""
_FAR = 24
"""Most words between a speaker and the cue after it; each comma counts for two more, each conjunction for eight."""


def speaks_for_others(word: str) -> bool:
    """Whether a word means somebody who speaks for another, or a text that does: a spokesman, a lawyer, a report."""
    return word.lower() in _VOICES or any(stem in word.lower() for stem in _VOICE_STEMS)


def speaker_of(view: ArticleView, cue: Cue, start: int, end: int, *, after: bool = False) -> Speaker | None:
    """The speaker of a cue in the clause from `start` to `end`; None where nothing there looks like one.

    Parameters
    ----------
    after : bool, default False
        Whether the speaker is to be sought after the cue first, as where a quote stands right before it.
    """
    if cue.is_heard:
        return _speaker_heard(view, cue, start, end)
    by_tree = _speaker_by_tree(view, cue)
    if by_tree is not None:
        return by_tree
    if after:
        return speaker_after(view, cue.first_end, end)
    before = speaker_before(view, start, cue.start)
    if before is not None and before.mention is not None:
        return before
    later = speaker_after(view, cue.first_end, end) if language_of(view.doc).has("verb_second") else None
    return later if later is not None and later.mention is not None else before


def _speaker_by_tree(view: ArticleView, cue: Cue) -> Speaker | None:
    if not view.has_tree:
        return None
    first, last = find_tokens(view.doc, cue.start, cue.end)
    for verb in view.doc[first:last]:
        if verb.pos_ in ("VERB", "AUX") and verb.dep_ not in ("aux", "aux:pass"):
            subject = find_speaking(verb)
            if subject is not None and not view.is_quoted(subject.idx):
                found = speaker_at(view, subject)
                return found if found.mention is not None or subject.pos_ != "PRON" else None
    return None


def speaker_at(view: ArticleView, token: Token | None) -> Speaker:
    """The mention that a word heads or stands in; of a spokesman, or of some of a group, the actor behind the word."""
    if token is None:
        return Speaker(None)
    for one in (token, *children(token, ("flat", "flat:name", "compound", "appos"))):
        found = view.mention_at(one.idx, one.idx + len(one))
        if found is not None:
            return Speaker(_prefer_name(view, token, found), "_pronoun" if found.form == "pronoun" else "")
    if token.lower_ in _THIRD_PERSONS and token.pos_ in ("PRON", "DET"):
        return _speaker_meant(view, Word(token.idx, token.idx + len(token), token.text))
    inner = [one.token for one in obliques(token) if one.preposition in _PART_OF]
    owners = [part for child in children(token, ("nmod:poss",)) for part in expand(child)]
    places = [(one, "") for one in inner] if token.lower_ in _QUANTITIES or token.pos_ == "NUM" else []
    if speaks_for_others(token.text):
        beside = children(token, ("compound", "amod", "nmod"))
        places += [(one, "_spokesperson") for one in (*inner, *owners, *beside)]
    for one, suffix in places:
        found = view.mention_at(one.idx, one.idx + len(one))
        if found is not None:
            return Speaker(found, suffix)
    return Speaker(None)


def _prefer_name(view: ArticleView, token: Token, found: Mention) -> Mention:
    """The name beside a description: ``de burgemeester, Maria Ortega, zei``."""
    beside = children(token, ("appos", "flat")) if found.form not in NAMED else []
    named = [view.mention_at(one.idx, one.idx + len(one)) for one in beside]
    return next((one for one in named if one is not None and one.form in NAMED), found)


def can_speak(token: Token | None) -> bool:
    """Whether a word before a colon that is no mention can speak: ``De partijleider:``, ``WALLACE:``, ``Poll:``."""
    if token is None or token.lower_ in _NO_SPEAKERS:
        return False
    is_described = token.text.islower() and bool(children(token, ("det",)))
    return is_described or speaks_for_others(token.text) or (token.text.isupper() and len(token.text) > 2)


def speaker_named_by(view: ArticleView, end_of_cue: int, stop: int) -> Speaker | None:
    """The speaker after a preposition of reporting (``volgens``), who may be a pronoun (``volgens haar``)."""
    words = view.words_in(end_of_cue, stop)[:2]
    if words and not view.text[end_of_cue : words[0].start].strip() and _is_pronoun(view, words):
        return _speaker_meant(view, words[0])
    return speaker_after(view, end_of_cue, stop)


def _is_pronoun(view: ArticleView, words: list[Word]) -> bool:
    """Whether a word after a preposition is a pronoun: ``volgens haar is het klaar``, not ``volgens haar advocaat``."""
    lowered = words[0].text.lower()
    if lowered not in _OBJECT_OR_POSSESSIVE or len(words) < 2 or view.text[words[0].end : words[1].start].strip():
        return lowered in _OBJECTS | _OBJECT_OR_POSSESSIVE
    return words[1].text.lower() in function_words(view.reporting.language)


def _speaker_heard(view: ArticleView, cue: Cue, start: int, end: int) -> Speaker:
    """The speaker where what is said is the subject: ``klinkt het bij Poot``, ``Bij Poot is te horen``."""
    for words, stop in ((view.words_in(cue.end, end)[:4], end), (view.words_in(start, cue.start), cue.start)):
        at = next((word.end for word in words if word.text.lower() in _HEARD_AT), None)
        if at is not None:
            return speaker_after(view, at, stop) or Speaker(None)
    return Speaker(None)


def speaker_after(view: ArticleView, start: int, end: int) -> Speaker | None:
    """The speaker in a phrase that begins at `start` (``aldus ...``, ``zei ...``); None where no phrase follows."""
    words = view.words_in(start, end)
    if not words or _BREAK.search(view.text[start : words[0].start]):
        return None
    if words[0].text.lower() in PRONOUNS:
        return _speaker_meant(view, words[0])
    mention = next(iter(view.mentions_in(start, end)), None)
    between = "" if mention is None else view.text[start : mention.start]
    lead = [word.text.lower() for word in words if mention is not None and word.start < mention.start]
    is_far = len(lead) > _NEAR or "," in between.strip(" ,") or bool(_BREAK.search(between))
    if mention is None or is_far or (lead and lead[0] in _OTHER_PRONOUNS - _DETERMINERS):
        return Speaker(None)
    if not set(lead) & PREPOSITIONS:
        return Speaker(_follow(view, mention, end))
    if any(speaks_for_others(word) for word in lead):
        return Speaker(mention, "_spokesperson")
    named = _follow(view, mention, end)
    return Speaker(named if named is not mention else None)


def _follow(view: ArticleView, mention: Mention, end: int) -> Mention:
    """From a description to the name beside it: ``Veldbelangs voorman Poot``, ``de leider van de boeren Jan Poot``."""
    named = next((one for one in view.mentions_in(mention.end, end) if one.form in NAMED), None)
    between = "" if named is None else view.text[mention.end : named.start]
    is_genitive = mention.form == "name" and re.search(r"(?:['’]s|s['’]?)\Z", mention.text) is not None
    is_beside = between in (" ", "\xa0") and (mention.form in ("nominal", "demonym") or is_genitive)
    is_described = is_genitive and re.fullmatch(r"\s(?:[a-zà-ÿ-]+\s){1,2}", between) is not None
    if named is not None and (is_beside or (is_described and not set(between.split()) & (PREPOSITIONS | _BOUNDARIES))):
        return named
    return mention


def speaker_before(view: ArticleView, start: int, cue: int) -> Speaker | None:
    """The nearest mention or pronoun before a cue at `cue` that can be its subject; None where there is none.

    A description that is no mention right before the cue (``een bewoner zei``) speaks itself.
    """
    if _has_unknown_subject(view, start, cue):
        return Speaker(None)
    found: list[tuple[float, Speaker]] = []
    for mention in view.mentions_in(start, cue):
        lead = view.words_in(max(start, mention.start - 60), mention.start)[-3:]
        is_governed = any(word.text.lower() in PREPOSITIONS for word in lead)
        is_voiced = is_governed and any(speaks_for_others(word.text) for word in lead)
        named = _follow(view, mention, cue)
        cost = _distance(view, mention.end, cue) + (
            _FAR / 2 if is_governed and not is_voiced and named is mention else 0
        )
        found.append((cost, Speaker(named, "_spokesperson" if is_voiced else "")))
    pronouns = [word for word in view.words_in(start, cue) if word.text.lower() in PRONOUNS]
    found += [(_distance(view, word.end, cue), _speaker_meant(view, word)) for word in pronouns]
    cost, speaker = min(found, key=lambda one: one[0], default=(_FAR + 1.0, None))
    words = [word.text.lower() for word in view.words_in(start, cue)]
    if not found and 0 < len(words) < _SHORT and not set(words) & PREPOSITIONS:
        return Speaker(None)  # Observers have described
    return speaker if cost <= _FAR else None


def _distance(view: ArticleView, start: int, end: int) -> float:
    between = view.text[start:end].strip()
    if between.startswith(",") and between.endswith(",") and len(between) > 1:
        return 0.0  # Maria Ortega, who leads the dockers, said
    words = [word.text.lower() for word in view.words_in(start, end)]
    return len(words) + 2 * view.text[start:end].count(",") + 8 * len(set(words) & _BOUNDARIES)


def _has_unknown_subject(view: ArticleView, start: int, cue: int) -> bool:
    words = view.words_in(start, cue)[-4:]
    taken = view.mentions_in(start, cue)
    if words and words[-1].text.lower() in _OTHER_PRONOUNS:
        return True
    for n, word in reversed(list(enumerate(words))):
        lowered = word.text.lower()
        if lowered in PREPOSITIONS or any(m.start <= word.start < m.end for m in taken):
            return False
        if lowered in _DETERMINERS and n < len(words) - 1:
            is_governed = n > 0 and words[n - 1].text.lower() in PREPOSITIONS
            return not is_governed and "," not in view.text[word.start : cue]
    return False


def _speaker_meant(view: ArticleView, pronoun: Word) -> Speaker:
    found = resolve_pronoun(view, pronoun)
    return Speaker(found, "_pronoun" if found is not None else "")


def resolve_pronoun(view: ArticleView, word: Word) -> Mention | None:
    """The person a pronoun most likely means: who spoke last, or the subject of the sentence, up to two before it."""
    here, paragraph = view.sentence_at(word.start), view.paragraph_at(word.start)[0]
    persons = word.text.lower() not in _MAY_BE_GROUP
    for n in range(here, max(-1, here - 3), -1):
        start, end = view.sentences[n]
        if start < paragraph and n < here - 1:
            break
        spoken = [m for at, m in view.said if start <= at < min(end, word.start) and not _clashes(m, word)]
        spoken = [m for m in spoken if not persons or m.actor_id in view.persons]
        if spoken:
            return spoken[-1]
        subject = find_subject(view, start, min(end, word.start), persons=persons)
        if subject is not None:
            return None if _clashes(subject, word) else subject
    return None


def _clashes(mention: Mention, pronoun: Word) -> bool:
    """Whether a mention is of another gender than a pronoun, where both tell theirs."""
    own = next((found for word in mention.text.split() if (found := _gender(word)) is not None), None)
    return {own, _gender(pronoun.text)} == {MALE, FEMALE}


def _gender(word: str) -> str | None:
    lowered = word.lower()
    if lowered in _HE or lowered in _SHE:
        return None if lowered in _MAY_BE_GROUP else MALE if lowered in _HE else FEMALE
    return gender_of_name(word) or gender_of_noun(word) if word[:1].isupper() else gender_of_noun(word)


def find_subject(view: ArticleView, start: int, end: int, *, persons: bool = False) -> Mention | None:
    """The first mention of a stretch of text that no preposition governs, a person where asked for."""
    for mention in view.mentions_in(start, end):
        lead = [word.text.lower() for word in view.words_in(start, mention.start)[-3:]]
        named = _follow(view, mention, end)
        if (not set(lead) & PREPOSITIONS or named is not mention) and (not persons or named.actor_id in view.persons):
            return named
    return None
