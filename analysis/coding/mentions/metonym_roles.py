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
from analysis.coding.language.tokens import DETERMINERS, word_set
from analysis.coding.mentions.scene import Scene
from analysis.coding.syntax import trees

_STATES = word_set(
    "zijn worden blijven liggen staan lopen gaan komen tellen lijken heten groeien krimpen bruisen slapen ontwaken "
    "kleuren veranderen bestaan vieren herdenken ontstaan verrijzen overstromen branden beven schudden ontploffen "
    "sluiten openen krijgen kennen hebben bieden huisvesten herbergen trekken verwelkomen vormen stromen schitteren "
    "verzakken zuchten beleven ademen stinken verpauperen vergrijzen grenzen beschikken dateren tonen verliezen "
    "fungeren dienen vallen be become remain lie stand go come count seem grow shrink sleep wake change exist "
    "celebrate commemorate burn shake explode close open get have host house attract welcome form boast sprawl "
    "bustle border experience"
)
"""Verbs of which a place as such is the subject: ``Parijs lag er verlaten bij``."""
_BEFORE_INFINITIVE = word_set("gaan komen hebben zijn krijgen blijven staan dienen go come have get be")
_OFFERS = word_set("hebben bieden trekken tonen openen sluiten have show open close make lose verliezen")
_ATTITUDES = word_set(
    "tegen voor bereid boos woedend kwaad verbaasd verrast bezorgd verontwaardigd tevreden akkoord ontevreden "
    "kritisch kwijt teleurgesteld blij ongerust verdeeld terughoudend stil onvermurwbaar ontstemd zeker "
    "verantwoordelijk schuldig overtuigd voornemens plan zet aansprakelijk gekant against willing angry furious "
    "surprised concerned worried outraged pleased ready critical disappointed divided silent cautious opposed "
    "adamant keen responsible guilty convinced"
)
"""What a government is and a town seldom."""
_DONE_TO_PLACES = re.compile(
    r"(?:bezoek|bezocht|bereik|verla|bombard|bestook|bestok|innem|inneem|verover|heroverd|beleger|fotograf|bezichtig|"
    r"afzet|afsluit|zien|zag|bekijk|kennen|ken|treff|trof|tref|verwoest|teister|vernie|beschiet|beschoot|binnen|ontvlucht|"
    r"passer|aandoen|bewak|bewaak|ontruim|renov|bouw|herbouw|omsingel|aanvlieg|overvlieg|door|overspoel|schilder|beschrijv|"
    r"ontdek|verken|verbind|noem|mis|tell|liefheb|vier|maak|mak|overstrom|evacu|plunder|bestorm|"
    r"visit|reach|leave|left|bomb|shell|captur|seiz|besieg|photograph|see|saw|know|hit|strike|struck|destroy|ravag|"
    r"enter|flee|fled|pass|guard|evacuat|renovat|build|rebuil|surround|tour|explor|paint|describ|connect|love|storm|"
    r"loot|call|make|made)"
)
"""Verbs of which a place as such is the object: ``bezichtigt het Witte Huis``; of others it is those who govern."""
_DEALINGS = re.compile(
    r"(?:druk|kritiek|steun|sancti|overleg|overeenkomst|akkoord|verdrag|deal|eis|plan|besluit|verzoek|bod|aanbod|"
    r"antwoord|beleid|belofte|wens|oproep|tegenprestatie|protest|woede|standpunt|reactie|relatie|ruzie|conflict|geschil|"
    r"gesprek|banden|twist|oorlog|bondgenoot|vijand|toestemm|goedkeur|critic|critici|geduld|boodschap|signa|verwijt|"
    r"invloed|belang|inzet|koers|hulp|gezant|woordvoer|diploma|ambassadeur|geste|concessie|ultimatum|boycot|tegenzet|"
    r"geld|subsidie|miljard|miljoen|regels|bevel|order|instructie|zet|stap|lijn|vertrouweling|agent|spion|bondgenot|"
    r"klap|tegenvaller|opsteker|nederlaag|overwinning|succes|probleem|voorwaarde|garantie|excuses|uithaal|kant|zijde|"
    r"macht|wil|angst|afhankelijk|loyal|trouw|vertrouwen|wapens|gas|troepen|begroting|wet|verwijten|houding|rol|schuld|"
    r"nota|brief|brieven|verzet|strijd|lobby|greep|mandaat|initiatief|opstelling|inmenging|"
    r"pressure|support|agreement|treaty|accord|demand|decision|request|offer|answer|reply|proposal|policy|promise|"
    r"threat|wish|call|refus|anger|pledge|position|respon|reaction|statement|accus|warning|resist|trust|relation|"
    r"tension|dispute|talks|ties|row|war|ally|allies|enem|permission|approval|message|reproach|stance|influence|"
    r"interest|help|consent|envoy|spokes|denial|gesture|retaliat|money|orders|rules|blow|victory|defeat|problem|"
    r"criticism|conditions|role|hand|agents?|spies|loyal|fear)"
)
"""Nouns of dealings between people or governments; so are most nouns in `_ABSTRACT`."""
_ABSTRACT = re.compile(r"(?:ing|ingen|atie|aties|heid|teit|schap|isme|ment|ness|ion|ions)\Z")
_NO_DEALING = re.compile(
    r"(?:omgeving|woning|vesting|bebouwing|bevolking|renovatie|restauratie|ligging|belegering|verovering|bezetting|"
    r"verdieping|station|afdeling|voeding|stroming|overstroming|opgraving|bezichtiging|rondleiding|verbinding|locatie|"
    r"vergadering|tentoonstelling|wandeling|aanleg|landing|bestorming|evacuatie|stad|straat|muur|muren|tuin|plein|gemeente|"
    r"renovation|location|restoration|section|exhibition|population|station|storming|evacuation|connection|invasion)\Z"
)
_DEALING_VERBS = re.compile(
    r"(?:onderhandel|praten|praat|overleg|spreken|sprak|ruzie|boteren|botert|bots|breken|brak|verzoen|protest|dreig|"
    r"betoog|betog|optreden|ageer|waarschuw|keren|keerde|richten|stemm|samenwerk|afspreken|afspreek|meewerk|aankloppen|"
    r"aandringen|lobby|klagen|klaag|rekenen|vertrouw|hopen|wachten|aftekenen|"
    r"negotiat|talk|clash|quarrel|protest|threat|side|speak|spoke|deal|cooperat|complain|rely|count)"
)
_PERSONAL = word_set("met tegen jegens namens tegenover with against")
"""Prepositions after which a place is mostly somebody."""
_NO_PARTNER = re.compile(
    r"(?:verbind|verbond|grens|grenz|verkeer|lijn|vergelijk|vergelek|wedstrijd|spelen|speel|connect|border|compar|match)"
)
_GIVEN = re.compile(r"(?:grens|grenz|ligg|denk|werk|voorbij|bouw|lag|border|lie)")
_MENTIONING = word_set("volgens aldus namens")
_HEARD = word_set("klinken luiden heten sound")
_SOUNDS = word_set("uit vanuit in from bij")
_ADDRESSEES = word_set("voor richting bij op van tussen aan to on of between from for by door naar")
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
    if word in ("door", "by"):
        return trees.is_passive(head) or "Part" in head.morph.get("VerbForm", [])
    if word in _PERSONAL:
        return _NO_PARTNER.search(head.lower_) is None
    is_object = relation in trees.PASSIVE_SUBJECTS | trees.OBJECTS | {"iobj"} or _is_second(token)
    if is_object and not word:
        return _DONE_TO_PLACES.match(_verb(head)) is None
    if word in ("aan", "to") and head.pos_ in ("VERB", "AUX"):
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
        return head.lower_ in ("uithaal", "verwijten") or _verb(head) in ("uithalen", "luisteren", "wijzen")
    if word == "bij":
        return _DEALING_VERBS.match(_verb(head)) is not None
    if word in ("uit", "vanuit", "from") and head.pos_ == "NOUN":
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
        wants = any(child.dep_ == "aux" and child.lemma_ in ("willen", "durven", "want") for child in head.children)
        return head.lower_ in _ATTITUDES or wants
    if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return False
    lemma = head.lemma_ or head.lower_
    if lemma not in _STATES or (head.dep_ == "xcomp" and head.head.pos_ in ("VERB", "AUX")):
        return True
    part = trees.particle(head)
    if part is not None:
        return part.lower_ not in ("bij", "open", "dicht", "erbij", "onder", "leeg", "vol") and lemma != "liggen"
    has_clause = any(
        child.dep_ == "ccomp" or (child.pos_ == "VERB" and lemma in _BEFORE_INFINITIVE)
        for child in trees.children(head, ("ccomp", "xcomp"))
    )
    gets = lemma in ("krijgen", "get") and any(word in ("van", "from") for word, _ in trees.obliques(head))
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
