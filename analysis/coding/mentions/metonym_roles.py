"""Whether a place has a role in its sentence that only people have, by the tree.

Reads the scene around the name of a place; returns yes or no: the subject or agent of a verb that a place as such does
not do (``Moskou ontkent``, not ``Moskou ligt``), the object of a verb that is done to people (``waarschuwt Parijs``,
not ``bezoekt Parijs``), and phrases that hang on a noun or verb of dealings (``druk van het Binnenhof``, not ``muren
van het Kremlin``). The lists say what happens to towns, which is soon told; what governments do and undergo is open.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from analysis.coding.language.reporting import load_reporting
from analysis.coding.language.tokens import DETERMINERS, any_of
from analysis.coding.mentions.scene import Scene
from analysis.coding.syntax import trees
from analysis.contracts.words import load_both


def _compile(name: str, end: str = "") -> re.Pattern[str]:
    """A list of stems or endings as an expression."""
    return re.compile(any_of(load_both("metonyms", name)) + end)


_STATES = load_both("metonyms", "state_verbs")
"""Verbs of which a place as such is the subject: ``Parijs lag er verlaten bij``."""
_STATE_PARTICLES = load_both("metonyms", "state_particles")
"""Particles with which a verb of state still says what a place is."""
_BEFORE_INFINITIVE = load_both("metonyms", "verbs_before_infinitive")
_OFFERS = load_both("metonyms", "offering_verbs")
_RECEIVING = load_both("metonyms", "receiving_verbs")
_SOURCES = load_both("metonyms", "sources")
_VOLITION = load_both("metonyms", "volition_verbs")
_ATTITUDES = load_both("metonyms", "attitudes")
"""What a government is and a town seldom."""
_DONE_TO_PLACES = _compile("stems_done_to_places")
"""Verbs of which a place as such is the object: ``bezichtigt het Witte Huis``; of others it is those who govern."""
_DEALINGS = _compile("stems_of_dealings")
"""Nouns of dealings between people or governments; so are most nouns in `_ABSTRACT`."""
_ABSTRACT = _compile("abstract_endings", r"\Z")
_NO_DEALING = _compile("endings_of_no_dealing", r"\Z")
_DEALING_VERBS = _compile("stems_of_dealing_verbs")
_PERSONAL = load_both("metonyms", "personal_prepositions")
"""Prepositions after which a place is mostly somebody."""
_NO_PARTNER = _compile("stems_of_no_partner")
_BY = load_both("metonyms", "agent_prepositions")
_TO = load_both("metonyms", "recipient_prepositions")
_GIVEN = _compile("stems_without_recipient")
_MENTIONING = load_both("metonyms", "mentioning_prepositions")
_HEARD = load_both("metonyms", "sounding_verbs")
_SOUNDS = load_both("metonyms", "sounding_prepositions")
_ORIGINS = load_both("metonyms", "origin_prepositions")
_NOUNS_DIRECTED = load_both("metonyms", "nouns_directed_at")
_VERBS_DIRECTED = load_both("metonyms", "verbs_directed_at")
_ADDRESSEES = load_both("metonyms", "addressee_prepositions")
_CLIMB = 5


def acts(scene: Scene, i: int, last: int) -> bool:  # noqa: PLR0911  one return for each role
    """Whether the tree gives the place at ``words[i..last]`` a role that only people can have.

    Parameters
    ----------
    scene : Scene
        The article, with a tree.
    i, last : int
        First and last word of the place.

    Returns
    -------
    bool
    """
    token = _root(scene, i, last)
    head, relation, word = token.head, token.dep_, _preposition(scene, token, i)
    if word in _MENTIONING or relation in trees.AGENTS or word == "according to":
        return True
    if relation in trees.SUBJECTS and not word and not _is_second(token):
        return _is_deed(head)
    if word in _BY:
        return trees.is_passive(head) or "Part" in head.morph.get("VerbForm", [])
    if word in _PERSONAL:
        return _NO_PARTNER.search(head.lower_) is None
    is_object = relation in trees.PASSIVE_SUBJECTS | trees.OBJECTS | {"iobj"} or _is_second(token)
    if is_object and not word:
        return _DONE_TO_PLACES.match(_verb(head)) is None
    if word in _TO and head.pos_ in ("VERB", "AUX"):
        return _GIVEN.match(_verb(head)) is None
    if is_heard(scene, i):
        return True
    if relation in ("nmod:poss", "poss") or (word in _ADDRESSEES and head.pos_ in ("NOUN", "PROPN", "ADJ")):
        return is_dealing(head.lower_)
    if word in _ADDRESSEES:
        has_dealing = any(is_dealing(child.lower_) for child in trees.children(head, trees.OBJECTS | trees.SUBJECTS))
        return _DEALING_VERBS.match(_verb(head)) is not None or has_dealing
    return not word and _is_before_reporting(scene, last)


def is_dealing(noun: str) -> bool:
    """Whether a noun is of dealings between people: ``kritiek``, ``weigering``; not ``muur``, ``omgeving``.

    Examples
    --------
    >>> is_dealing("weigering"), is_dealing("omgeving"), is_dealing("tuin")
    (True, False, False)
    """
    if _NO_DEALING.search(noun):
        return False
    return _DEALINGS.search(noun) is not None or _ABSTRACT.search(noun) is not None


def is_heard(scene: Scene, i: int) -> bool:
    """Whether words or dealings come from the place: ``klinkt het vanuit Boedapest``, ``geld uit Den Haag``."""
    token = scene.token(i)
    word, head = _preposition(scene, token, i), token.head
    if word == "naar":
        return head.lower_ in _NOUNS_DIRECTED or _verb(head) in _VERBS_DIRECTED
    if word == "bij":
        return _DEALING_VERBS.match(_verb(head)) is not None
    if word in _ORIGINS and head.pos_ == "NOUN":
        return _DEALINGS.search(head.lower_) is not None and not _NO_DEALING.search(head.lower_)
    return word in _SOUNDS and head.lemma_ in _HEARD


def _preposition(scene: Scene, token: Token, i: int) -> str:
    """The preposition of a place: by the tree, or the word before it and its article."""
    found = trees.preposition(token)
    if found:
        return found
    k = i - 1
    if k >= 0 and scene.words[k].text.lower() in DETERMINERS:
        k -= 1
    if k < 0 or not scene.adjoins(k):
        return ""
    lowered = scene.words[k].text.lower()
    is_word = scene.token(k).pos_ == "ADP" or lowered in _MENTIONING
    return lowered if is_word and scene.token(k).dep_ not in ("compound:prt", "mark") else ""


def _root(scene: Scene, i: int, last: int) -> Token:
    """The head of a place's phrase, that of the first place where several are coordinated."""
    tokens = [scene.token(k) for k in range(i, last + 1)]
    inner = {token.i for token in tokens}
    token = next((token for token in tokens if token.head.i not in inner), tokens[0])
    for _ in range(_CLIMB):
        if token.dep_ not in ("conj", "flat", "appos", "flat:name", "compound") or token.head.i == token.i:
            break
        if token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX", "ADJ"):
            break
        token = token.head
    return token


def _is_second(token: Token) -> bool:
    """Whether the tree gives a verb another subject before this one: then this is the object."""
    others = trees.children(token.head, trees.SUBJECTS)
    return token.dep_ in trees.SUBJECTS and bool(others) and others[0].i < token.i


def _verb(token: Token) -> str:
    """The lemma of a verb, with its particle put before it."""
    part = trees.particle(token)
    lemma: str = token.lemma_ or token.lower_
    return (part.lower_ + lemma) if part is not None else lemma


def _is_deed(head: Token) -> bool:
    """Whether the subject of this predicate does something that a place as such does not."""
    if any(child.dep_ == "cop" for child in head.children) or head.pos_ in ("ADJ", "ADV", "ADP"):
        wants = any(child.dep_ == "aux" and child.lemma_ in _VOLITION for child in head.children)
        return head.lower_ in _ATTITUDES or wants
    if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return False
    lemma = head.lemma_ or head.lower_
    if lemma not in _STATES or (head.dep_ == "xcomp" and head.head.pos_ in ("VERB", "AUX")):
        return True
    part = trees.particle(head)
    if part is not None:
        return part.lower_ not in _STATE_PARTICLES and lemma != "liggen"
    has_clause = any(
        child.dep_ == "ccomp" or (child.pos_ == "VERB" and lemma in _BEFORE_INFINITIVE)
        for child in trees.children(head, ("ccomp", "xcomp"))
    )
    gets = lemma in _RECEIVING and any(word in _SOURCES for word, _ in trees.obliques(head))
    offers = lemma in _OFFERS
    return (
        has_clause
        or gets
        or (offers and any(is_dealing(child.lower_) for child in trees.children(head, trees.OBJECTS)))
    )


def _is_before_reporting(scene: Scene, last: int) -> bool:
    """Whether a verb of reporting follows at once, where the tree says nothing of use."""
    follows = scene.words[last + 1].text if last + 1 < len(scene.words) and scene.adjoins(last) else ""
    return follows in load_reporting(scene.language).finite
