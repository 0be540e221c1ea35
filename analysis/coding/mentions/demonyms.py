"""Whether a country's adjective stands for the state or its people, or only says where something comes from.

Reads the scene after a demonym; returns ``people`` (``de Fransen``), ``adjective`` where what it modifies belongs to a
state or a people as a whole (``Amerikaanse troepen``, ``Franse regering``, ``Russische bevolking``), or nothing
(``Amerikaanse films``, ``ze spreekt Frans``). A list of nouns decides. It cannot see that a
film was made by order of a ministry.
"""

from __future__ import annotations

import re

from analysis.coding.language.inflection import ADJECTIVE, PEOPLE
from analysis.coding.language.tokens import any_of, function_words
from analysis.coding.mentions.scene import Scene
from analysis.contracts.words import load_both, load_words

_STATE_NOUNS = {
    "nl": re.compile(
        r"(?:troepen|troepenmacht|leger|legers|militair(?:en)?|solda(?:at|ten)|strijdkracht(?:en)?|krijgsmacht|marine|"
        r"luchtmacht|landmacht|vloot|eenhe(?:id|den)|commando(?:'s|’s)?|mariniers?|generaals?|officier(?:en)?|"
        r"aanval(?:len)?|bombardement(?:en)?|raket(?:ten)?|drones?|beschieting(?:en)?|offensief|invasie|inval|bezetting|"
        r"bezetters?|blokkade|sancties?|embargo|strafmaatregel(?:en)?|maatregel(?:en)?|heffing(?:en)?|tarieven|boycot|"
        r"regering(?:en)?|overhe(?:id|den)|kabinet|parlement(?:ari[eë]rs?)?|parlementslid|senaat|senator(?:en)?|congres|"
        r"huis van afgevaardigden|president(?:en|e)?|presidentschap|premiers?|minister(?:s|-president)?|"
        r"ministeries?|staatssecretaris(?:sen)?|koning|koningin|koningshuis|kanselier|bondskanselier|vorst|emir|sultan|"
        r"gezant(?:en)?|ambassade|ambassadeurs?|consula(?:at|ten)|consul|diploma(?:at|ten)|diplomatie|delegatie|"
        r"onderhandelaars?|functionaris(?:sen)?|autoriteit(?:en)?|staat|staatshoofd|staatsmedia|staatstelevisie|regime|"
        r"machthebbers?|inlichtingendiensten?|inlichtingendienst|geheime dienst|dienst(?:en)?|politie|justitie|"
        r"hooggerechtshof|rechters?|rechtbank|ambtena(?:ar|ren)|beleid|politiek|wet(?:ten|geving)?|grondwet|begroting|"
        r"belasting(?:en)?|steun|hulp|interventie|ingrijpen|optreden|aanwezigheid|dreiging|dreigement(?:en)?|belang(?:en)?|"
        r"eis(?:en)?|voorstel(?:len)?|plan(?:nen)?|besluit(?:en)?|reactie|kritiek|standpunt|verzoek|verkiezing(?:en)?|"
        r"kiezers?|volk|bevolking|burgers?|staatsburgers?|inwoners?|onderdanen|vergelding|represailles?|oorlog|agressie|"
        r"operaties?|missies?|bas(?:is|es)|vliegdekschip|gevechtsvliegtuig(?:en)?|straaljagers?|oorlogsschip|"
        r"oorlogsschepen|onderze[eë][eë]rs?|wapens?|kernwapens?|kernprogramma|atoomprogramma|wapenleveranties|leiders?|"
        r"leiding|leiderschap|bewind|bestuur|bewindslieden|zijde|kant|bondgenoten|bondgenoot|aanpak|betrokkenheid|"
        r"inmenging|nationaliteit|terugtrekking|veto|uitspraak|verklaring|troonrede|buitenlandbeleid)\Z"
    ),
    "en": re.compile(
        r"(?:troops?|army|military|soldiers?|forces?|navy|fleet|units?|commandos?|marines?|generals?|officers?|"
        r"(?:air)?strikes?|attacks?|bombings?|bombardments?|missiles?|rockets?|drones?|shelling|offensive|invasion|"
        r"occupation|occupiers?|blockade|sanctions?|embargo|measures?|tariffs?|boycott|governments?|administration|"
        r"cabinet|parliament|lawmakers?|senate|senators?|congress|presidents?|presidency|premiers?|ministers?|ministry|"
        r"secretary|king|queen|monarchy|chancellor|emir|sultan|envoys?|embassy|ambassadors?|consulate|consul|diplomats?|"
        r"diplomacy|delegation|negotiators?|officials?|authorit(?:y|ies)|state|regime|rulers?|intelligence|police|"
        r"judiciary|court|judges?|policy|policies|laws?|legislation|constitution|budget|tax(?:es)?|support|aid|help|"
        r"intervention|presence|threats?|interests?|demands?|proposals?|plans?|decisions?|response|reaction|criticism|"
        r"position|request|elections?|voters?|people|population|public|citizens?|nationals?|retaliation|reprisals?|war|"
        r"aggression|operations?|missions?|bases?|warships?|warplanes?|jets?|submarines?|weapons?|leaders?|leadership|"
        r"side|allies|ally|involvement|interference|withdrawal|veto|statement|media)\Z"
    ),
}
"""Nouns for what a state is, does or has, and for a people as a whole; Dutch compounds end in them."""
_NO_STATE = re.compile(rf"\A{any_of(load_both('demonyms', 'no_state_openings'))}")
_BEFORE_PEOPLE = load_words("demonyms", "before_people", "en")
_REACH = 4


def read_demonym(scene: Scene, last: int, stop: int, reading: str, word: str) -> str | None:
    """What a demonym stands for.

    Parameters
    ----------
    scene : Scene
        The article.
    last : int
        Its last word.
    stop : int
        End of its sentence.
    reading : str
        What its form may be: ``people``, ``adjective`` or ``either``.
    word : str
        The form.

    Returns
    -------
    str or None
        ``people``, ``adjective`` (of a state or a people), or None where it stands for nobody.
    """
    if reading == PEOPLE:
        return PEOPLE
    nouns = _modified(scene, last, stop)
    if nouns:
        return ADJECTIVE if any(_is_state(scene, k) for k in nouns) else None
    if reading == ADJECTIVE or _is_lone_adjective(scene, last, word):
        return None
    return PEOPLE


def _modified(scene: Scene, last: int, stop: int) -> list[int]:
    """Words that may be what the demonym modifies: the noun of its tree, or the words that follow it."""
    words = scene.words
    follows = last + 1
    if follows >= stop or scene.text[words[last].end : words[follows].start] not in (
        " ", "\xa0", "\n", ") ", "-", "’ ", "” ", " ‘", " “", " '", ' "',
    ):  # fmt: skip
        return []
    if words[follows].text.lower() in function_words(scene.language) or words[follows].text[0].isdigit():
        return []
    if scene.has_tree:
        token = scene.token(last)
        head = token.head
        if token.dep_ in ("amod", "nmod", "compound", "flat") and head.i > token.i and head.pos_ in ("NOUN", "PROPN"):
            return [k for k in range(follows, stop) if words[k].start <= head.idx < words[k].end]
        if token.pos_ in ("NOUN", "PROPN") and scene.token(follows).pos_ in ("VERB", "AUX", "ADP", "ADV", "CCONJ"):
            return []
    reach = [follows]
    while len(reach) < _REACH and reach[-1] + 1 < stop and scene.adjoins(reach[-1]):
        following = words[reach[-1] + 1].text
        if (
            not following.islower()
            or following in function_words(scene.language)
            or not _is_adjective(scene, reach[-1])
        ):
            break
        reach.append(reach[-1] + 1)
    return reach


def _is_adjective(scene: Scene, k: int) -> bool:
    if scene.has_tags:
        return scene.token(k).pos_ == "ADJ"
    return scene.language == "nl" and scene.words[k].text.endswith("e")


def _is_state(scene: Scene, k: int) -> bool:
    lowered = scene.words[k].text.lower()
    if _NO_STATE.match(lowered):
        return False
    pattern = _STATE_NOUNS[scene.language]
    is_compound = scene.language == "nl" and len(lowered) > 7 and pattern.search(lowered) is not None
    return pattern.match(lowered) is not None or is_compound


def _is_lone_adjective(scene: Scene, last: int, word: str) -> bool:
    """A form that cannot be people when it stands alone: ``het is Frans``, ``the ship is American``."""
    if scene.has_tree and scene.token(last).dep_ in ("amod", "xcomp", "advmod"):
        return True
    if scene.language == "nl":
        return not word.endswith("e") and not word.endswith("ees")
    return scene.has_tags and scene.token(last).pos_ == "ADJ" and not _has_article(scene, last)


def _has_article(scene: Scene, last: int) -> bool:
    return last > 0 and scene.words[last - 1].text.lower() in _BEFORE_PEOPLE
