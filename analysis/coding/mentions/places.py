"""Whether a place means those who govern there, and whether a country's adjective means the state or its people.

Reads the article around the word. A place acts or is addressed (``Washington reageerde``, ``volgens Teheran``, ``druk
van het Binnenhof``) or is only where something happens (``in Bagdad``, ``muren van het Kremlin``); an adjective belongs
to a state or people (``Franse troepen``) or only says where something comes from (``Franse films``). The lists say what
happens to towns, of which there is little; what governments do and undergo is open. It cannot see a sports club, nor a
person of the same name.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from analysis.coding.language.inflection import ADJECTIVE, PEOPLE, inflect_noun
from analysis.coding.language.record import get_language
from analysis.coding.language.reporting import load_reporting
from analysis.coding.language.tokens import DETERMINERS, PLACE_PREPOSITIONS, any_of, is_capitalised
from analysis.coding.mentions.article import Article
from analysis.coding.syntax import trees
from analysis.contracts.words import load_both, load_by_language


def _compile(name: str, end: str = "") -> re.Pattern[str]:
    """A list of stems or endings as an expression."""
    return re.compile(any_of(load_both("metonyms", name)) + end)


_PLACE_NOUNS = load_both("metonyms", "place_nouns")
_PRESSURE = load_both("metonyms", "pressure_nouns")
_PRESSURE_PREPOSITIONS = load_both("metonyms", "pressure_prepositions")
_GENITIVES = load_both("metonyms", "genitives")
_COORDINATORS = load_both("text", "coordinators")
_MENTIONING = load_both("metonyms", "mentioning_prepositions")
_PERSONAL = load_both("metonyms", "personal_prepositions")
"""Prepositions after which a place is mostly somebody."""
_NO_PARTNER = _compile("stems_of_no_partner")
_STATES = load_both("metonyms", "state_verbs")
"""Verbs of which a place as such is the subject: ``Parijs lag er verlaten bij``."""
_STATE_PARTICLES = load_both("metonyms", "state_particles")
_ATTITUDES = load_both("metonyms", "attitudes")
"""What a government is and a town seldom."""
_DONE_TO_PLACES = _compile("stems_done_to_places")
"""Verbs of which a place as such is the object: ``bezichtigt het Witte Huis``; of others it is those who govern."""
_DEALINGS = _compile("stems_of_dealings")
"""Nouns of dealings between people or governments; so are most nouns in `_ABSTRACT`."""
_ABSTRACT = _compile("abstract_endings", r"\Z")
_NO_DEALING = _compile("endings_of_no_dealing", r"\Z")
_DEALING_VERBS = _compile("stems_of_dealing_verbs")
_ADDRESSEES = load_both("metonyms", "addressee_prepositions")
_STATE_NOUNS = {
    language: tuple(sorted({form for noun in nouns for form in inflect_noun(noun, language)}))
    for language, nouns in load_by_language("demonyms", "state_nouns").items()
}
"""Nouns for what a state is, does or has, and for a people as a whole; compounds end in them."""
_NO_STATE = tuple(sorted(load_both("demonyms", "no_state_openings")))
_COMPOUND = 8
"""Least letters of a compound that ends in one of them."""
_BESIDE = re.compile(r"(?:\) |-|[’”] | ?[‘“'\"]|\s)")
"""What may stand between an adjective and its noun."""
_CLIMB = 5


def is_metonym(article: Article, first: int, last: int, floor: int, stop: int, *, is_seat: bool = True) -> bool:
    """Whether the place at ``words[first..last]`` means those who govern there.

    Parameters
    ----------
    article : Article
        The article.
    first, last : int
        First and last word of the place.
    floor, stop : int
        First word that may be looked at to the left; end of the sentence to the right.
    is_seat : bool
        Whether the place is known to be the seat of a government. Another must speak, act or be addressed.
    """
    text, words = article.text, article.words
    gap = text[words[last].end : words[last + 1].start if last + 1 < stop else words[last].end + 2]
    follows = words[last + 1].text if last + 1 < stop else ""
    if follows and is_capitalised(follows) and (gap == ", " or article.adjoins(last)):
        return False  # Bagdad, Irak; Washington Post
    opens = first == floor or text[words[first].start - 1] == "\n"
    if opens and gap.lstrip()[:1] in ("(", "–", "—", "-"):
        return False  # a dateline
    if opens and gap.startswith(":") and text[words[last].end + 1 : words[last].end + 2] == " ":
        return True  # Brussel: lidstaten moeten begroting aanpassen
    if is_in_place(article, first, floor):
        return is_seat and article.has_tree and _is_addressed(article, first, last, in_place=True)
    if article.has_tree:
        return _acts(article, first, last, is_seat=is_seat)
    return is_seat or _is_heard(article, first, last)


def is_in_place(article: Article, first: int, floor: int) -> bool:
    """Whether the words before the name of a place say that it is only a place (``in Irak``, ``George Washington``)."""
    before = article.before(first, floor)
    if not before:
        return False
    k = first - 1
    if before.lower() in DETERMINERS and k > floor:
        k -= 1
    elif is_capitalised(before) and k > floor and not article.is_function_word(before):
        return True  # George Washington
    lowered, previous = article.words[k].text.lower(), article.words[k - 1].text if k > floor else ""
    places = PLACE_PREPOSITIONS[article.language.code]
    if lowered in places or lowered in _PLACE_NOUNS:
        return True
    if lowered in _PRESSURE_PREPOSITIONS:
        return previous.lower() not in _PRESSURE
    if lowered in _COORDINATORS and k - 1 > floor and is_capitalised(previous):
        return article.words[k - 2].text.lower() in places
    return lowered in _GENITIVES and previous.lower() in _PLACE_NOUNS


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


def _acts(article: Article, first: int, last: int, *, is_seat: bool) -> bool:
    """Whether the tree gives a place a role that only people can have."""
    token = _find_root(article, first, last)
    head, relation, word = token.head, token.dep_, _find_preposition(article, token, first)
    if word in _MENTIONING or relation in trees.AGENTS or word == "according to":
        return True
    if word in _PERSONAL:
        return _NO_PARTNER.search(head.lower_) is None
    others = trees.children(head, trees.SUBJECTS)
    is_second = relation in trees.SUBJECTS and others[0].i < token.i
    if relation in trees.SUBJECTS and not word and not is_second:
        return _is_deed(head)
    if not is_seat:
        return _is_heard(article, first, last)
    if not word and (is_second or relation in trees.PASSIVE_SUBJECTS | trees.OBJECTS | {"iobj"}):
        return _DONE_TO_PLACES.match(_find_verb(head)) is None
    return _is_addressed(article, first, last) or _is_heard(article, first, last)


def _is_addressed(article: Article, first: int, last: int, *, in_place: bool = False) -> bool:
    """Whether a place hangs on a noun or verb of dealings: ``druk van Moskou``, ``geld uit Den Haag``.

    After a preposition of place only that very word counts, not what else the verb has beside it.
    """
    token = _find_root(article, first, last)
    head = token.head
    if token.dep_ == "nmod:poss":
        return is_dealing(head.lower_)
    if _find_preposition(article, token, first) not in _ADDRESSEES:
        return False
    if head.pos_ in ("NOUN", "PROPN", "ADJ"):
        return is_dealing(head.lower_)
    arguments = [] if in_place else trees.children(head, trees.OBJECTS | trees.SUBJECTS)
    return _DEALING_VERBS.match(_find_verb(head)) is not None or any(is_dealing(child.lower_) for child in arguments)


def _is_heard(article: Article, first: int, last: int) -> bool:
    """Whether a verb of reporting follows at once, or a preposition before a speaker or partner stands right before."""
    word, k = article.before(first).lower(), first - 1
    if word in _MENTIONING | _PERSONAL:
        return _NO_PARTNER.search(article.before(k).lower()) is None
    return article.after(last) in load_reporting(article.language.code).finite


def _find_preposition(article: Article, token: Token, first: int) -> str:
    """The preposition of a place: by the tree, or the word before it and its article."""
    if found := trees.preposition(token):
        return found
    k = first - 1
    if k >= 0 and article.words[k].text.lower() in DETERMINERS:
        k -= 1
    if k < 0 or not article.adjoins(k):
        return ""
    before, word = article.token(k), article.words[k].text.lower()
    is_preposition = before.pos_ == "ADP" and before.dep_ not in ("compound:prt", "mark")
    return word if is_preposition or word in _MENTIONING else ""


def _find_root(article: Article, first: int, last: int) -> Token:
    """The head of a place's phrase, that of the first place where several are coordinated."""
    token = article.doc[article.token(first).i : article.token(last).i + 1].root
    for _ in range(_CLIMB):
        is_joined = token.dep_ == "conj" and token.head.pos_ not in ("VERB", "AUX", "ADJ")
        if not is_joined and token.dep_ not in ("flat", "appos", "compound"):
            break
        token = token.head
    return token


def _find_verb(token: Token) -> str:
    """The lemma of a verb, with its particle put before it."""
    part, lemma = trees.particle(token), token.lemma_ or token.lower_
    return (part.lower_ if part is not None else "") + lemma


def _is_deed(head: Token) -> bool:
    """Whether the subject of this predicate does something that a place as such does not."""
    if trees.children(head, ("cop",)) or head.pos_ in ("ADJ", "ADV", "ADP"):
        return head.lower_ in _ATTITUDES
    if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return False
    part = trees.particle(head)
    if (head.lemma_ or head.lower_) not in _STATES:
        return True
    if part is not None:
        return part.lower_ not in _STATE_PARTICLES  # Parijs lag er verlaten bij
    clauses = trees.children(head, ("ccomp", "xcomp"))
    has_dealing = any(is_dealing(child.lower_) for child in trees.children(head, trees.OBJECTS))
    return has_dealing or any(clause.dep_ == "ccomp" or _is_deed(clause) for clause in clauses)


def read_demonym(article: Article, last: int, stop: int, reading: str) -> str | None:
    """What a demonym stands for.

    Parameters
    ----------
    article : Article
        The article.
    last : int
        Its last word.
    stop : int
        End of its sentence.
    reading : str
        What its form may be: ``people``, ``adjective`` or ``either``.

    Returns
    -------
    str or None
        ``people``, ``adjective`` (of a state or a people), or None where it stands for nobody.
    """
    if reading == PEOPLE:
        return PEOPLE
    if noun := _find_modified(article, last, stop):
        return ADJECTIVE if is_state_noun(noun, article.language.code) else None
    if reading == ADJECTIVE or article.token(last).dep_ in ("amod", "xcomp", "advmod"):
        return None
    is_adjective = article.token(last).pos_ == "ADJ"
    return None if is_adjective and article.before(last).lower() not in DETERMINERS else PEOPLE


def is_state_noun(noun: str, language: str) -> bool:
    """Whether a noun is for what a state is, does or has, or for a people as a whole.

    Examples
    --------
    >>> [is_state_noun(noun, "nl") for noun in ("troepen", "kernwapens", "films", "ex-soldaat")]
    [True, True, False, False]
    """
    lowered, nouns = noun.lower(), _STATE_NOUNS[language]
    has_compounds = get_language(language).has("closed_compounds")
    if lowered.startswith(_NO_STATE):
        return False
    return lowered in nouns or (len(lowered) >= _COMPOUND and lowered.endswith(nouns) and has_compounds)


def _find_modified(article: Article, last: int, stop: int) -> str:
    """What a demonym modifies: the noun of its tree, or the noun that follows it; empty where it modifies nothing."""
    words, k = article.words, last + 1
    if k >= stop or not _BESIDE.fullmatch(article.text[words[last].end : words[k].start]):
        return ""
    token, head = article.token(last), article.token(last).head
    if token.dep_ in ("amod", "nmod", "compound", "flat") and head.i > token.i and head.pos_ in ("NOUN", "PROPN"):
        return head.text
    while k + 1 < stop and article.token(k).pos_ == "ADJ" and article.adjoins(k):
        k += 1
    is_noun = article.token(k).pos_ in ("NOUN", "PROPN", "")  # a reading by rules has no parts of speech
    return words[k].text if is_noun and not article.is_function_word(words[k].text) else ""
