"""Suggestions for a codebook: the actors that it does not list, ready to paste.

Reads the tables ``mentions`` and ``articles`` of a coded corpus; returns one row per suggested actor, the one mentioned
most first, and writes such rows as entries of a codebook in YAML. A text that repeats another word for word counts
once. Unlisted actors of several articles that bear one name are one suggestion: a last name goes with the only full
name that ends in it. The type is read from words, titles, first names and plurals; where these
tell nothing it is a guess, marked as one. Countries are left out: the world's are known already.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import yaml

from analysis.coding.language.gender import gender_of_name, gender_of_noun
from analysis.coding.language.inflection import inflect_noun
from analysis.coding.language.tokens import PARTICLES, TITLES, split_words
from analysis.coding.mentions.names import ORGANISATIONS
from analysis.coding.mentions.naming import slug
from analysis.coding.mentions.phrases import ACTOR_PHRASE
from analysis.contracts.schema import UNLISTED
from analysis.corpus.selection import keep_once

COLUMNS = (
    "id", "label", "type", "type_by", "language", "n_mentions", "n_articles", "names", "nominals", "example",
    "actor_ids",
)  # fmt: skip
"""Columns of the suggestions, in order; `names`, `nominals` and `actor_ids` hold several parted by a bar."""
GUESSED = "type is a guess: confirm or change it"
"""Comment above an entry whose type nothing tells."""
_NAMES = ("name", "title")
_ORGANISED = re.compile(
    r"\b(?:inc|ltd|llc|nv|n\.v|bv|b\.v|corp|plc|gmbh|group|holding|stichting|vereniging|foundation|council|partij|party|"
    r"universiteit|university|instituut|institute|museum)\b",
    re.IGNORECASE,
)
"""Words that make an organisation of what is named after a person (``Anne Frank Stichting``)."""
_TYPES = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        "party": r"partij(?:en)?\b|\bpart(?:y|ies)\b|"
        r"(?:\b(?:VVD|CDA|PvdA|D66|PVV|SGP|BBB)|GroenLinks|ChristenUnie)(?:-fractie)?(?![\w'’-])",
        "government": r"ministeries?\b|ministr(?:y|ies)\b|gemeente(?:n|bestuur)?\b|provincies?\b|kabinet(?:ten)?\b|"
        r"regering(?:en)?\b|governments?\b|councils?\b|(?<!ver)(?<!\bd)raad\b|\b(?:cabinet|city|province)\Z|"
        r"ambassades?\b|embass(?:y|ies)\b|autoriteit(?:en)?\b|authorit(?:y|ies)\b",
        "media": r"krant(?:en)?\b|dagblad(?:en)?\b|omroep(?:en)?\b|nieuws(?:blad|bladen|sites?)?\b|news(?:papers?)?\b|"
        r"\btimes\b(?! square)|journaal\b|(?<!af)zenders?\b|\bradio(?:stations?)?\b|televisie\b|persbureaus?\b",
        "company": r"\b(?:inc|ltd|llc|nv|n\.v|bv|b\.v|corp|plc|gmbh|holding|motors|airlines|company|companies)\b|"
        r"\b(?:firma['’]s|firma?|firms|hotels?)\b|\w group\b|"
        r"(?<!recht)(?<!bloed)(?<!voedsel)(?<!kleding)(?<!food )bank(?:en|s)?\b|"
        r"bedrij(?:f|ven)\b|concerns?\b|fabriek(?:en)?\b",
        "institution": r"universiteit(?:en)?\b|universit(?:y|ies)\b|hoges(?:chool|cholen)\b|rechtbank(?:en)?\b|"
        r"\bcourts?\b|ziekenhui(?:s|zen)\b|hospitals?\b|politie(?:korps|eenheid|dienst)?\b|"
        r"\bpolice\b(?! (?:officer|chief|m[ae]n|spokes|commissioner))|brandweer(?:korps)?\b|fire brigades?\b",
        "armed_group": r"milities?\b|militias?\b|rebellen\b|rebels?\b|strijders\b|(?<!fire)fighters\b|brigades?\b|"
        r"hezbollah\b",
        "armed_forces": r"(?<!p)(?<!\bs)legers?\b|\barm(?:y|ies)\b|(?<!ui)troep(?:en)?\b|\btroops?\b|"
        r"soldaat\b|soldaten\b|\bsoldiers?\b|marine\b|\bnavy\b|luchtmacht\b|militair(?:en)?\b",
        "crowd": r"demonstrant|betoger|menigte|relschopper|protester|demonstrator|crowd|activist",
        "organisation": r"commissies?\b|committees?\b|comités?\b|agency\b|agencies\b|agentschap(?:pen)?\b|bureaus?\b|"
        r"dienst(?:en)?\b|directies?\b|bestuur\b|\bboard\b|organi[sz]ati|vereniging(?:en)?\b|stichting(?:en)?\b|"
        r"foundations?\b|bond(?:en)?\b|\bunions?\b|institu(?:ut|ten|tes?|tions?)\b|"
        r"(?:bloed|voedsel|kleding)bank(?:en)?\b|food banks?\b",
        "group": r"\bpeople\Z|bevolking\b|publiek\b|\bpublic\Z|gezin(?:nen)?\b|famil(?:y|ies?)\b|groep\Z|"
        r"\A(?:group|team|crew)\Z",
    }.items()
}
"""Types that the wording gives away, tried in order, before person, group and organisation are told by form.

Words end where the pattern does: the last part of a compound says what it is (a `fabrieksarbeider` is no factory).
"""
_DEMONYM = re.compile(r"\A[^\W\d_]+(?:ammers|enaars|enaren|ianen|kanen|iërs|ezen|ians|icans)\Z")
"""Names of a people or of inhabitants that no list of countries has (``Rotterdammers``)."""
_EXAMPLE = 160


def suggest_actors(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Put unlisted actors together by name, and propose a codebook entry for each.

    Parameters
    ----------
    mentions : DataFrame
        Table ``mentions``; rows whose `actor_id` begins with ``unlisted:`` count, each story once.
    articles : DataFrame
        Table ``articles`` of the same corpus.

    Returns
    -------
    DataFrame
        One row per suggestion, by falling `n_mentions`, then `id`. Columns: `id` (proposed), `label`, `type`, `type_by`
        (what tells the type: a title or last name, a first name, a word, a plural, a short name, a demonym; empty where
        it is a guess), `language` (of the articles it is mentioned in, parted by a bar), `n_mentions`, `n_articles`,
        `names` (the longest first) and `nominals` (base forms, as the texts spell them), `example` (the sentence around
        its first mention), `actor_ids` (the unlisted actors that were put together).

    Examples
    --------
    >>> from analysis.contracts.tables import empty_table
    >>> suggest_actors(empty_table("mentions"), empty_table("articles")).empty
    True
    """
    own = keep_once(mentions[mentions["actor_id"].str.startswith(UNLISTED)], articles)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    languages = dict(zip(articles["article_id"], articles["language"], strict=True))
    clusters: dict[str, list[str]] = {}
    named = set(own.loc[own["form"].isin(_NAMES), "actor_id"])
    is_personal = (own["form"] == "title") | own["rule"].str.endswith("last_name")
    persons = set(own.loc[is_personal, "actor_id"])
    for actor_id, fullest in _find_fullest(sorted(set(own["actor_id"])), named, persons).items():
        clusters.setdefault(fullest, []).append(actor_id)
    of_actor = dict(tuple(own.groupby("actor_id", sort=False)))
    rows = [
        _suggest(
            pd.concat([of_actor[actor_id] for actor_id in members]).sort_values("mention_id"), members, texts, languages
        )
        for members in clusters.values()
    ]
    rows.sort(key=lambda row: (-row["n_mentions"], row["id"]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def write_suggestions(suggestions: pd.DataFrame, *, least: int = 1) -> str:
    """Write suggestions as the entries of a codebook.

    Parameters
    ----------
    suggestions : DataFrame
        From `suggest_actors`.
    least : int
        Mentions below which an actor is left out.

    Returns
    -------
    str
        YAML with the key ``actors``, which `load_codebook` reads; above each entry a comment with its
        counts and an example, and one more where the type is a guess.
    """
    kept = suggestions[suggestions["n_mentions"] >= least]
    if kept.empty:
        return "actors: []\n"
    blocks = ["actors:"]
    for row in kept.to_dict("records"):
        words: dict[str, Any] = {}
        for key in ("names", "nominals"):
            if row[key]:
                words[key] = row[key].split("|")
        entry: dict[str, Any] = {"id": row["id"], "label": row["label"], "type": row["type"]}
        entry |= dict.fromkeys(row["language"].split("|"), words)
        counts = _count(row["n_mentions"], "mention") + " in " + _count(row["n_articles"], "article")
        blocks.append(f"  # {counts}: {row['example']}")
        if not row["type_by"]:
            blocks.append(f"  # {GUESSED}")
        blocks.append(f"  - {_flow(entry)}")
    return "\n".join(blocks) + "\n"


def _flow(entry: Mapping[str, Any]) -> str:
    """An entry on one line."""
    text: str = yaml.safe_dump(_copy(entry), default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6)
    return text.strip()


def _copy(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A copy without shared parts, which YAML would write as anchors."""
    return {
        key: {inner: list(words) for inner, words in value.items()} if isinstance(value, Mapping) else value
        for key, value in entry.items()
    }


def _find_fullest(actor_ids: Sequence[str], named: set[str], persons: set[str]) -> dict[str, str]:
    """Each unlisted actor with the one whose name it shortens: itself, or the only longer name that ends in its own."""
    longer: dict[str, set[str]] = {}
    for actor_id in actor_ids:
        parts = actor_id.removeprefix(UNLISTED).split("_")
        if actor_id in named:
            for n in range(1, len(parts)):
                longer.setdefault("_".join(parts[n:]), set()).add(actor_id)
    found = {}
    for actor_id in actor_ids:
        fuller = longer.get(actor_id.removeprefix(UNLISTED), set()) if actor_id in named else set()
        maximal = {a for a in fuller if not any(a != b and b.endswith("_" + a.removeprefix(UNLISTED)) for b in fuller)}
        is_person = all(a in persons or gender_of_name(a.removeprefix(UNLISTED).split("_")[0]) for a in maximal)
        found[actor_id] = next(iter(maximal)) if len(maximal) == 1 and is_person else actor_id
    return found


def _suggest(
    own: pd.DataFrame, members: Sequence[str], texts: Mapping[str, str], languages: Mapping[str, str]
) -> dict[str, Any]:
    spoken = sorted({languages[article_id] for article_id in own["article_id"]})
    named = own[own["form"].isin(_NAMES)]
    titles = frozenset().union(*(TITLES[language] for language in spoken if language in TITLES))
    names = Counter(_strip_title(text, titles) for text in named["text"])
    ordered = sorted(names, key=lambda name: (-len(name), -names[name], name))
    first = own.iloc[0]
    nominals = _find_nominals(own, members[0].removeprefix(UNLISTED), spoken, is_named=bool(ordered))
    fullest = max(members, key=len).removeprefix(UNLISTED)
    label = ordered[0] if ordered else nominals[0]
    kind, known_by = _find_type(own, ordered, nominals)
    return {
        "id": fullest if re.match(r"[a-z][a-z0-9_]*\Z", fullest) else f"actor_{re.sub(r'[^a-z0-9_]', '', fullest)}",
        "label": label,
        "type": kind,
        "type_by": known_by,
        "language": "|".join(spoken),
        "n_mentions": len(own),
        "n_articles": own["article_id"].nunique(),
        "names": "|".join(ordered),
        "nominals": "|".join(nominals),
        "example": _excerpt(texts[first["article_id"]], int(first["start"]), int(first["end"])),
        "actor_ids": "|".join(members),
    }


def _find_nominals(own: pd.DataFrame, name: str, languages: Sequence[str], *, is_named: bool) -> list[str]:
    """Base form of a description as the texts write it, with its accents and hyphens (`oud-minister`).

    An id has lost those. A base form that does not inflect to all that the texts have is joined by what it misses. Of
    an actor that is named as well (`Police` in a headline), only descriptions that are its name count: what else it is
    called (`the mayor`) may be said of others elsewhere.
    """
    texts = own.loc[own["form"] == "nominal", "text"]
    if is_named:
        texts = own.loc[(own["rule"] == ACTOR_PHRASE) & (own["form"] == "nominal"), "text"]
    phrases = [[_lower(word.text) for word in split_words(text)] for text in texts]
    written = Counter(word for words in phrases for word in words)
    forms = {word: _inflect(word, languages) for word in written}
    bases = sorted({form for known in forms.values() for form in known if slug(form) == name})
    if not bases and is_named:
        return []
    base = min(bases, key=lambda form: (form not in written, len(form), form), default="")
    nominals, covered = [base] if base else [], _inflect(base, languages)
    for words in phrases:
        if words and not covered & set(words):
            nearest = max(words, key=lambda word: (_common(slug(word), name), written[word], word))
            nominals.append(nearest)
            covered |= _inflect(nearest, languages)
    return nominals or [name.replace("_", " ")]


def _inflect(word: str, languages: Sequence[str]) -> frozenset[str]:
    """Forms of a noun in any of the languages; none of no word."""
    return frozenset().union(*(inflect_noun(word, language) for language in languages if word))


def _lower(word: str) -> str:
    """A word without the capital of a sentence's beginning; `VVD-leider` keeps its own."""
    return word.lower() if word[1:].islower() else word


def _common(left: str, right: str) -> int:
    """Letters that two words begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def _strip_title(text: str, titles: frozenset[str]) -> str:
    """A name without the words before it that are no part of it, on one line, without a genitive."""
    words = text.split()
    while len(words) > 1 and ((words[0].islower() and words[0] not in PARTICLES) or words[0].lower() in titles):
        words = words[1:]
    return re.sub(r"['’]s?\Z", "", " ".join(words))


def _find_type(own: pd.DataFrame, names: Sequence[str], nominals: Sequence[str]) -> tuple[str, str]:
    """The type of an actor and what tells it; nothing tells a guess."""
    is_named_so = own["form"].eq("title").any() or own["rule"].str.endswith("last_name").any()
    is_after_person = any(_ORGANISED.search(name) for name in names)
    is_impersonal = bool(names) and (names[0].split()[0].lower() in _IMPERSONAL or bool(_ORGANISED.search(names[0])))
    if names and is_named_so and not is_impersonal:
        return "person", "title or last name"
    if names and not is_after_person and any(gender_of_name(name.split()[0]) for name in names):
        return "person", "first name"
    wording = " ".join([*names, *nominals[:1]])  # further nominals may say what others are
    if given := next((kind for kind, pattern in _TYPES.items() if pattern.search(wording)), None):
        return given, "word"
    return _find_type_of_name(own, names) if names else _find_type_of_noun(own, nominals[0])


def _find_type_of_noun(own: pd.DataFrame, noun: str) -> tuple[str, str]:
    if gender_of_noun(noun) is not None or any(noun in titles for titles in TITLES.values()):
        return "person", "word"
    heads = own.loc[own["form"] == "nominal", "text"].str.lower().str.split().str[-1]
    is_plural = heads.str.contains(r"(?:en|s)\Z") & (heads != noun)
    return ("group", "plural") if len(heads) and is_plural.mean() >= 0.5 else ("person", "")


def _find_type_of_name(own: pd.DataFrame, names: Sequence[str]) -> tuple[str, str]:
    parts = names[0].split()
    if own["rule"].str.endswith("short_name").any():
        return "organisation", "short name"
    if any(_DEMONYM.match(name) for name in names):
        return "group", "demonym"
    is_he = bool(own["rule"].str.startswith("pronoun_personal").any() and own["text"].str.lower().isin(_HE).any())
    looks_personal = len(parts) in (2, 3) and not any(part.isupper() or part.lower() in _IMPERSONAL for part in parts)
    has_particle = any(part in PARTICLES for part in parts[1:-1])
    return ("person" if looks_personal and (is_he or has_particle) else "organisation"), ""


_HE = frozenset(["hij", "hem", "he", "him", "she", "her"])
_IMPERSONAL = ORGANISATIONS | {"het", "the"}


def _excerpt(text: str, start: int, end: int) -> str:
    """The sentence around a mention as far as it fits, on one line."""
    marks = ("\n", ". ", "! ", "? ")
    left = max((at + len(mark) for mark in marks if (at := text.rfind(mark, 0, start)) >= 0), default=0)
    stop = min((at for mark in marks if (at := text.find(mark, end)) >= 0), default=len(text) - 1) + 1
    left = max(left, start - _EXAMPLE // 2)
    return " ".join(text[left : min(stop, left + _EXAMPLE)].split())


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
