"""When a place stands for its government: a declared reading that `find_mentions` can switch off.

Reads the scene around the name of a place; returns whether the place acts or is addressed (``Washington reageerde``,
``volgens Teheran``, ``om Teheran de schuld te geven``) or is only where something happens (``in Bagdad``, ``Bagdad,
Irak``, ``de straten van Bagdad``). Where there is a tree, syntax and role decide: subject or agent of a verb that a
place cannot do, object of a verb that is done to somebody, and phrases that hang on a noun or verb of dealings.
Without one, position and preposition decide. It cannot see a sports club, nor a person of the same name.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from analysis.coding import trees
from analysis.coding.mentions_scene import Scene
from analysis.coding.mentions_tokens import DETERMINERS, PLACE_PREPOSITIONS, are_adjacent, is_capitalised, word_set
from analysis.coding.reporting import load_reporting

_PLACE_NOUNS = word_set(
    "centrum stad hoofdstad straten straat plein buitenwijken buitenwijk wijk wijken inwoners bewoners "
    "burgemeester luchthaven vliegveld universiteit noorden zuiden oosten westen haven regio provincie "
    "omgeving metro theater slag beurs ambassade station grens grenzen city capital streets street suburbs suburb "
    "residents mayor airport university north south east west port region province district outskirts center centre "
    "embassy battle border borders"
)
_PRESSURE = word_set("druk kritiek beroep sancties hoop pressure criticism sanctions call")
_COORDINATORS = word_set("en of and or als")
_STATES = word_set(
    "zijn worden blijven liggen staan lopen gaan komen telt tellen lijken heten groeien krimpen bruisen slapen "
    "ontwaken veranderen bestaan vieren herdenken ontstaan verrijzen overstromen branden beven schudden ontploffen "
    "sluiten openen krijgen kennen hebben bieden huisvesten herbergen trekken verwelkomen vormen be become remain "
    "lie stand go come count seem grow shrink sleep wake change exist celebrate commemorate burn shake explode "
    "close open get have host house attract welcome form boast"
)
"""Verbs of which a place as such is the subject: `Parijs lag er verlaten bij`."""
_BEFORE_INFINITIVE = word_set("gaan komen hebben zijn krijgen go come have get be")
_ATTITUDES = word_set(
    "tegen voor bereid boos woedend kwaad verbaasd verrast bezorgd verontwaardigd tevreden akkoord ontevreden "
    "kritisch kwijt teleurgesteld blij ongerust verdeeld terughoudend stil onvermurwbaar against willing angry "
    "furious surprised concerned worried outraged pleased ready critical disappointed divided silent cautious "
    "opposed adamant keen"
)
"""What a government is and a city seldom."""
_DONE_TO_SOMEBODY = re.compile(
    r"(?:beschuldig|verwijt|veroordel|bekritiser|hekel|oproep|vragen|verzoek|waarschuw|dwing|steun|informer|verdenk|"
    r"bedreig|dreig|overtuig|overreed|overhaal|bewog|beweg|prijz|bedank|geruststel|beled|provocer|tart|negeer|"
    r"raadpleg|aanspreken|aanklag|verzeker|belov|smeek|bezweer|paaien|isoler|kapittel|wantrouw|vertrouw|aanpraat|geven|"
    r"verantwoordelijk|verplicht|machtig|straff|sanctioner|inlicht|"
    r"accus|blam|condemn|criticis|criticiz|urg|ask|warn|forc|support|inform|suspect|threat|convinc|persuad|prais|thank|"
    r"reassur|insult|provok|defy|consult|press|beg|tell|told|isolat|trust|distrust|oblig|sanction|appeal)"
)
"""Verbs whose object is somebody: `beschuldigt Parijs`, but not `bezichtigt het Witte Huis`."""
_DEALINGS = re.compile(
    r"(?:druk|kritiek|steun|sancti|overleg|overeenkomst|akkoord|verdrag|deal|eis|plan|besluit|verzoek|bod|aanbod|antwoord|"
    r"voorstel|beleid|belofte|dreig|wens|oproep|weiger|tegenprestatie|protest|woede|toezegg|standpunt|reactie|verklar|"
    r"beschuldig|waarschuw|verzet|vertrouw|wantrouw|relatie|betrekking|spanning|ruzie|conflict|geschil|gesprek|"
    r"onderhandel|band|twist|oorlog|bondgenoot|vijand|tegenstand|medewerk|toestemm|goedkeur|afwijz|kritik|geduld|boodschap|"
    r"signaal|verwijt|houding|opstelling|invloed|belang|inzet|lijn|koers|hulp|goedkeuring|instemming|gezant|afgezant|"
    r"regering|woordvoer|diplomat|ambassadeur|uitlating|ontkenning|geste|concessie|ultimatum|boycot|vergeld|tegenzet|"
    r"pressure|critic|support|agreement|treaty|accord|demand|decision|request|offer|answer|reply|proposal|policy|"
    r"promise|threat|wish|call|refus|protest|anger|pledge|position|respon|reaction|statement|accus|warning|resist|trust|"
    r"relation|tension|dispute|talks|negotiat|ties|row|war|ally|allies|enem|permission|approval|message|signal|reproach|"
    r"stance|influence|interest|line|help|consent|envoy|spokes|denial|gesture|ultimatum|retaliat)",
)
"""Nouns of dealings between people or governments: `druk van het Binnenhof`, but not `muren van het Kremlin`."""
_DEALING_VERBS = re.compile(
    r"(?:onderhandel|praten|praat|overleg|spreken|sprak|ruzie|boteren|botert|bots|breken|brak|verzoen|protester|dreig|"
    r"betoog|betog|optreden|ageer|waarschuw|keren|keerde|richten|stemm|negotiat|talk|clash|quarrel|protest|threat|side|"
    r"speak|spoke|deal)"
)
_HEARD = word_set("klinken luiden heten komen zeggen sound say")
_ADDRESSEES = word_set(
    "tegen met aan voor jegens richting tegenover bij op van tussen against with to on of between from"
)
_CLIMB = 5


def is_metonym(scene: Scene, i: int, last: int, floor: int, stop: int) -> bool:
    """Whether the place at ``words[i..last]`` stands for those who govern there.

    Parameters
    ----------
    scene : Scene
        The article.
    i, last : int
        First and last word of the place.
    floor, stop : int
        First word that may be looked at to the left; end of the sentence to the right.

    Returns
    -------
    bool
    """
    text, words = scene.text, scene.words
    follows = words[last + 1] if last + 1 < stop else None
    between = text[words[last].end : follows.start] if follows else text[words[last].end : words[last].end + 2]
    if follows is not None and are_adjacent(text, words[last], follows) and is_capitalised(follows.text):
        return False  # Washington Post
    if follows is not None and between == ", " and is_capitalised(follows.text):
        return False  # Bagdad, Irak
    opens = i == floor or _opens_line(scene, i)
    if between.lstrip()[:1] in ("(", "–", "—", "-") and opens:
        return False  # a dateline
    if between.startswith(":") and opens and scene.text[words[last].end + 1 : words[last].end + 2] == " ":
        return True  # Brussel: lidstaten moeten begroting aanpassen
    if is_in_place(scene, i, floor) and not (scene.has_tree and _is_heard(scene, i)):
        return False
    return not scene.has_tree or _acts(scene, i, last)


def is_in_place(scene: Scene, i: int, floor: int) -> bool:  # noqa: PLR0911
    """Whether the words before the name of a place say that it is only a place (``in Irak``, ``George Washington``)."""
    text, words, language = scene.text, scene.words, scene.language
    k = i - 1
    if k < floor or not are_adjacent(text, words[k], words[i]):
        return False
    before = words[k].text
    lowered = before.lower()
    if lowered in DETERMINERS and k - 1 >= floor:
        k -= 1
        lowered = words[k].text.lower()
    elif is_capitalised(before) and k > floor and lowered not in ("in", "maar", "ook"):
        return True  # George Washington
    if lowered in PLACE_PREPOSITIONS[language] or lowered in _PLACE_NOUNS:
        return True
    previous = words[k - 1].text.lower() if k - 1 >= floor else ""
    if lowered in ("op", "on", "over"):
        return previous not in _PRESSURE
    if lowered in ("van", "of"):
        return previous in _PLACE_NOUNS
    if lowered in _COORDINATORS and k - 2 >= floor and is_capitalised(words[k - 1].text):
        return words[k - 2].text.lower() in PLACE_PREPOSITIONS[language]
    return False


def _opens_line(scene: Scene, i: int) -> bool:
    start = scene.words[i].start
    return start == 0 or scene.text[start - 1] == "\n"


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


def _is_heard(scene: Scene, i: int) -> bool:
    """Whether speech comes from the place: ``klinkt het vanuit Boedapest``."""
    token = scene.token(i)
    word = trees.preposition(token)
    return word in ("uit", "vanuit", "in", "from", "bij") and token.head.lemma_ in _HEARD - {"komen", "zeggen", "say"}


def _acts(scene: Scene, i: int, last: int) -> bool:  # noqa: PLR0911  one return for each role
    """Whether the tree gives a place a role that only people can have."""
    token = _root(scene, i, last)
    head, relation = token.head, token.dep_
    word = trees.preposition(token)
    if word in ("volgens", "aldus", "namens", "according to"):
        return True
    if relation in trees.AGENTS:
        return True
    if word in ("door", "by"):
        return trees.is_passive(head)
    is_second = (
        relation in trees.SUBJECTS
        and bool(trees.children(head, trees.SUBJECTS)[:1])
        and (trees.children(head, trees.SUBJECTS)[0].i < token.i)
    )
    if relation in trees.SUBJECTS and not is_second:
        return _is_deed(head)
    if relation in trees.PASSIVE_SUBJECTS | trees.OBJECTS | {"iobj"} or is_second:
        return word in ("", "aan", "to") and _DONE_TO_SOMEBODY.match(_verb(head)) is not None
    if _is_heard(scene, i):
        return True
    if relation in ("nmod:poss", "poss") or (word in _ADDRESSEES and head.pos_ in ("NOUN", "PROPN")):
        return _DEALINGS.search(head.lower_) is not None
    if word in _ADDRESSEES:
        return (
            _DEALING_VERBS.match(_verb(head)) is not None
            or _DONE_TO_SOMEBODY.match(_verb(head)) is not None
            or any(_DEALINGS.search(child.lower_) for child in trees.children(head, trees.OBJECTS | trees.SUBJECTS))
        )
    if token.dep_ in ("ROOT", "parataxis", "dep", "advmod", "nmod", "obl", "xcomp", "flat", "amod"):
        return _is_before_reporting(scene, last)
    return False


def _verb(token: Token) -> str:
    """The lemma of a verb, or its form with its particle put before it where that is what it means."""
    part = trees.particle(token)
    lemma: str = token.lemma_ or token.lower_
    return (part.lower_ + lemma) if part is not None else lemma


def _is_deed(head: Token) -> bool:
    """Whether the subject of this predicate does something that a place as such does not."""
    if any(child.dep_ == "cop" for child in head.children) or head.pos_ in ("ADJ", "ADV", "ADP"):
        return head.lower_ in _ATTITUDES or any(
            child.dep_ == "aux" and child.lemma_ in ("willen", "durven", "want") for child in head.children
        )
    if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return False
    lemma = head.lemma_ or head.lower_
    if lemma not in _STATES:
        return True
    has_clause = any(
        child.dep_ == "ccomp" or (child.pos_ == "VERB" and lemma in _BEFORE_INFINITIVE)
        for child in trees.children(head, ("ccomp", "xcomp"))
    )
    part = trees.particle(head)
    if part is not None:
        return part.lower_ not in ("bij", "open", "dicht", "erbij", "onder") and lemma not in ("liggen", "zijn")
    return has_clause or (lemma in ("hebben", "bieden", "trekken", "have", "openen", "open") and _has_abstract(head))


def _has_abstract(head: Token) -> bool:
    return any(_DEALINGS.search(child.lower_) for child in trees.children(head, trees.OBJECTS))


def _is_before_reporting(scene: Scene, last: int) -> bool:
    """Whether a verb of reporting follows at once, where the tree says nothing of use."""
    follows = scene.words[last + 1].text if last + 1 < len(scene.words) and scene.adjoins(last) else ""
    return follows in load_reporting(scene.language).finite
