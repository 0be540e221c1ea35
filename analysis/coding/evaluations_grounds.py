"""Grounds: what in a sentence speaks of an actor, by the tree: deeds done, words that judge, calls.

Reads a spaCy Doc with a tree; returns, by token, the grounds that bear on whom it names, and what part it has in what
happens. Knows neither the network nor mentions. A deed of harm or help bears on who does it, never on who undergoes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from analysis.coding.deeds import Deed, find_deeds
from analysis.coding.evaluations_bearing import (
    ADDRESSED,
    DEED,
    NAMING,
    NETWORK,
    NONE,
    OF,
    SAYING,
    WORD,
    agents_of,
    find_bearers,
    named_tokens,
    names_bearer,
    said_of,
)
from analysis.coding.lexicon import Entry, Hit, find_hits, load_lexicon
from analysis.coding.modality import Modality, find_modality, find_signs
from analysis.coding.participants import PLACE_PREPOSITIONS
from analysis.coding.trees import is_in_actor_phrase, is_passive, objects, own_subjects, preposition, subjects

__all__ = ["ADDRESSED", "DEED", "NETWORK", "NONE", "ROLES", "UNGROUNDED", "WORD", "Ground", "Grounds", "find_grounds"]

ROLES = ("harmed", "place", "source", "modifier", "helping", "acting", "owner", "other")
"""What an actor is in the sentence: see `find_role`."""
UNGROUNDED = frozenset(["harmed", "place", "source", "modifier", "helping"])
"""Parts in a sentence that say nothing of an actor where no word bears on it."""
CORE = frozenset(["ROOT", "nsubj", "obj", "iobj", "csubj", "vocative", "parataxis", "dislocated"])
"""Relations of what a clause is about, who undergoes a passive left out."""
BEFALLING = frozenset("raken geraken belanden omkomen overlijden sterven sneuvelen get die perish".split())  # noqa: SIM905
"""Verbs whose subject is befallen by what they tell."""
HARM = {
    "kill": 0.9, "attack": 0.75, "injure": 0.75, "damage": 0.7, "steal": 0.8, "deceive": 0.8, "coerce": 0.5,
    "threaten": 0.5,
}  # fmt: skip
HELP = {"aid": 0.5, "free": 0.5, "protect": 0.5, "reward": 0.4}
"""Types of deeds that speak against, or for, who does them, with the strength of it."""
UNDERGONE = {
    "criticise": -0.7, "accuse": -0.7, "praise": 0.7, "sue": -0.5, "arrest": -0.4, "dismiss": -0.4, "sanction": -0.4,
    "reject": -0.4, "support": 0.4, "expel": -0.3,
}  # fmt: skip
"""Types of deeds that judge who undergoes them."""
PLAIN = frozenset(["criticise", "accuse", "praise"])
"""Of these, the types that spell it out: they hold against the network."""
BLAMED = -0.7
"""Of who is called responsible, or called at in a slogan."""
NEGATED_WORD, NEGATED_DEED = -0.5, -0.2
"""What a negation makes of a word that judges, and of a deed: `niet corrupt` is little praise, no attack hardly any."""
LEAST = 0.1
"""Weakest ground that counts."""
_ACCORDING = {"nl": frozenset(["volgens", "aldus", "blijkens"]), "en": frozenset(["according to"])}
_TOLD = {"nl": frozenset(["tegen", "aan", "tegenover"]), "en": frozenset(["to", "with"])}
_THROUGH = frozenset(["via", "through"])
_RESPONSIBLE = frozenset(
    [
        *"verantwoordelijk aansprakelijk schuldig medeverantwoordelijk medeplichtig".split(),  # noqa: SIM905
        *"responsible liable guilty accountable complicit".split(),  # noqa: SIM905
    ]
)
_CALLS = {
    **dict.fromkeys([("weg", "met"), ("down", "with"), ("dood", "aan"), ("death", "to"), ("no", "to")], -0.7),
    **dict.fromkeys([("nee", ","), ("no", ","), ("nee", "tegen"), ("weg", "jij")], -0.7),
    **dict.fromkeys([("leve", "de"), ("leve", "het"), ("long", "live"), ("hulde", "aan"), ("lang", "leve")], 0.7),
}
"""How a slogan begins, and what it says of whom it names."""
_CALL_REACH = 6


@dataclass(frozen=True)
class Ground:
    """What bears on an actor.

    Attributes
    ----------
    kind : str
        `DEED`, `WORD` or `ADDRESSED`.
    polarity : float
        With its sign, in [-1, 1]; of a negated word turned and weakened.
    token : int
        The word that carries it.
    modality : Modality
        Of that word.
    holder : int or None
        The token of who judges, where the word has a subject that does (`de oppositie beschuldigt`).
    is_plain : bool
        So plain that it holds against the network: a call, a reproach or praise spelt out, who is called responsible.
    """

    kind: str
    polarity: float
    token: int
    modality: Modality = field(default_factory=Modality)
    holder: int | None = None
    is_plain: bool = False


@dataclass
class Grounds:
    """What speaks in one sentence.

    Attributes
    ----------
    bearing : dict of int to list of Ground
        By the token that heads the phrase on which they bear.
    harmed, acting, helping : set of int
        Tokens of who undergoes harm, of who does something, and of who does it for another actor.
    words : dict of int to float
        Every deed and word that judges somebody, with its polarity.
    judges : dict of int to (int, float)
        By the token of a deed that judges (`hekelen`), the token of who does it, and its polarity.
    """

    bearing: dict[int, list[Ground]] = field(default_factory=dict)
    harmed: set[int] = field(default_factory=set)
    acting: set[int] = field(default_factory=set)
    helping: set[int] = field(default_factory=set)
    words: dict[int, float] = field(default_factory=dict)
    judges: dict[int, tuple[int, float]] = field(default_factory=dict)

    def add(self, token: Token, ground: Ground) -> None:
        """Add a ground that bears on a token, weakened where it is negated, unless it is too weak to count."""
        if ground.modality.negated:
            weight = NEGATED_WORD if ground.kind == WORD else NEGATED_DEED
            ground = replace(ground, polarity=ground.polarity * weight, is_plain=False)
        if abs(ground.polarity) >= LEAST:
            self.bearing.setdefault(token.i, []).append(ground)


def find_grounds(doc: Doc, first: int, last: int, language: str) -> Grounds:
    """Grounds among the tokens `first` to `last` (exclusive) of one sentence.

    Parameters
    ----------
    doc : Doc
        With a tree.
    first, last : int
        The sentence.
    language : str
        ``nl`` or ``en``.

    Returns
    -------
    Grounds

    Notes
    -----
    A word that tells a deed of ``events_<language>.csv`` counts as that deed, another as the lexicon has it.
    """
    signs = find_signs(doc, first, last, language)
    found = Grounds()
    used: set[int] = set()
    for deed in find_deeds(doc, first, last, language):
        if _add_deed(found, deed, find_modality(deed.head, signs, language)):
            used.update(deed.tokens)
    for hit in find_hits(doc, load_lexicon(language), first, last):
        if not used.intersection(hit.tokens):
            used.update(hit.tokens)
            head = _head_of(doc, hit)
            _add_word(found, head, hit.record, find_modality(head, signs, language), language)
    for token in doc[first:last]:
        if token.lower_ in _RESPONSIBLE and token.i not in used:
            found.words[token.i] = BLAMED
            modality = find_modality(token, signs, language)
            for one in said_of(token, language):
                found.add(one, Ground(WORD, BLAMED, token.i, modality, _holder(token, one), is_plain=True))
        called = _CALLS.get((token.lower_, doc[token.i + 1].lower_ if token.i + 1 < last else ""))
        if called is not None and (token.i == first or doc[token.i - 1].is_punct):
            for one in _called_at(token, last):
                found.add(one, Ground(ADDRESSED, called, token.i, is_plain=True))
    return found


def _add_deed(found: Grounds, deed: Deed, modality: Modality) -> bool:
    """Add what a deed says of who takes part; whether it judges anybody."""
    if deed.valence == "conflict" and deed.event not in UNDERGONE and not modality.negated:
        found.harmed.update(token.i for token in deed.patients)
    found.acting.update(token.i for token in deed.agents)
    if deed.valence == "cooperation" and (deed.voice == "passive" or any(map(is_in_actor_phrase, deed.patients))):
        found.helping.update(token.i for token in deed.agents)
    done = HELP.get(deed.event, 0.0) - HARM.get(deed.event, 0.0)
    undergone = UNDERGONE.get(deed.event, 0.0)
    if not done and not undergone:
        return False
    found.words[deed.head.i] = done or undergone
    if done and not deed.is_mutual:  # `vijandelijkheden tussen A en B` blames neither
        for token in deed.agents:
            found.add(token, Ground(DEED, done, deed.head.i, modality))
    if undergone:
        holder = deed.agents[0].i if deed.agents else None
        if holder is not None:
            found.judges[deed.head.i] = holder, undergone
        for token in deed.patients:
            is_plain = deed.event in PLAIN
            found.add(token, Ground(WORD, undergone, deed.head.i, modality, holder, is_plain))
    return True


def _add_word(found: Grounds, head: Token, entry: Entry, modality: Modality, language: str) -> None:
    found.words[head.i] = entry.polarity
    for one in find_bearers(head, entry, language):
        holder = _holder(head, one.token) if one.kind == WORD else None
        found.add(one.token, Ground(one.kind, one.strength * entry.polarity, head.i, modality, holder))
    if entry.bears == "agent" and entry.polarity < 0 and head.pos_ == "VERB":
        undergoing = subjects(head) if is_passive(head) else objects(head)
        found.harmed.update(token.i for token in undergoing)


def _holder(word: Token, judged: Token) -> int | None:
    """Who judges: the subject of a verb of which the judged is the object (`De raad vindt de wethouder onbekwaam`)."""
    verb = word if word.pos_ in ("VERB", "AUX") else word.head
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    agents = [one.i for one in agents_of(verb) if one.i != judged.i]
    undergoing = subjects(verb) if is_passive(verb) else objects(verb)
    return agents[0] if agents and judged.i in {one.i for one in undergoing} else None


def _head_of(doc: Doc, hit: Hit[Entry]) -> Token:
    """The token of a hit that the rest of it hangs on."""
    inside = set(hit.tokens)
    return next((doc[i] for i in hit.tokens if doc[i].head.i not in inside or doc[i].head.i == i), doc[hit.first])


def _called_at(word: Token, last: int) -> Iterator[Token]:
    """Whom a slogan names (`Weg met X`, `Nee, nee, X`)."""
    for token in word.doc[word.i + 1 : min(word.i + _CALL_REACH, last)]:
        if token.pos_ in ("PROPN", "NOUN"):
            yield token
            return
        if token.pos_ not in ("PUNCT", "ADP", "DET", "INTJ", "ADV", "SYM") or token.text in (".", "!", "?"):
            return


def bearing_on(doc: Doc, first: int, last: int, grounds: Grounds) -> list[Ground]:
    """Grounds that bear on the mention of the tokens `first` to `last`."""
    return [ground for token in sorted(named_tokens(doc, first, last)) for ground in grounds.bearing.get(token, ())]


def find_role(head: Token, grounds: Grounds, language: str) -> str:
    """What an actor is in the sentence.

    Parameters
    ----------
    head : Token
        The head of its mention.
    grounds : Grounds
        Of the sentence.
    language : str
        ``nl`` or ``en``.

    Returns
    -------
    str
        One of `ROLES`: ``harmed`` undergoes harm, itself or in what it owns, ``place`` is where something happens,
        ``source`` says it or is told, ``modifier`` tells which or what (`een Ierse rechter`, `de woordvoerder van
        Trump`, `X is een militie`), ``helping`` supports another actor, ``acting`` does something else, ``owner``
        stands with a noun.
    """
    top = _top(head)
    word, verb = preposition(top), top.head
    is_owner = top.dep_ in ("nmod", "nmod:poss", "amod") and word in {"", *OF[language]}
    parts = (
        ("harmed", bool({top.i, head.i, *([verb.i] if is_owner else [])} & grounds.harmed)),
        ("source", word in _ACCORDING[language] or (word in _TOLD[language] and verb.lemma_ in SAYING)),
        ("place", top.dep_ in ("obl", "nmod", "obl:arg") and word in PLACE_PREPOSITIONS[language] | _THROUGH),
        ("modifier", head.dep_ == "amod" or (head.pos_ == "ADJ" and head.dep_ != "ROOT")),
        ("modifier", is_owner and top.dep_ != "amod" and names_bearer(verb)),
        ("modifier", tells_what(head)),
        ("source", verb.lemma_ in SAYING and any(one.i == top.i for one in agents_of(verb))),
        ("helping", top.i in grounds.helping),
        ("acting", top.i in grounds.acting),
        ("owner", top.dep_ in ("nmod", "nmod:poss")),
    )
    return next((part for part, holds in parts if holds), "other")


def tells_what(head: Token) -> bool:
    """Whether a mention is what another is said to be (`Kataib is een militie`): that one is judged, not its kind."""
    has_copula = any(child.dep_ == "cop" for child in head.children)
    is_one_of = any(child.dep_ == "det" and child.lower_ in ("een", "a", "an") for child in head.children)
    return has_copula and is_one_of and bool(own_subjects(head))


def is_core(head: Token) -> bool:
    """Whether a mention heads its clause or is its subject or object, and neither beside them nor befallen by it."""
    top = _top(head)
    is_befallen = top.dep_ == "nsubj" and top.head.lemma_ in BEFALLING
    return top.dep_ in CORE and not is_befallen


def _top(head: Token) -> Token:
    """The head of the phrase in which a mention is coordinated, or named beside another word."""
    while head.dep_ in ("conj", *NAMING) and head.head.i != head.i:
        head = head.head
    return head
