"""Voices: by which signs a verb of a parsed sentence is active, passive, or a passive that the tree does not name.

Reads tokens of spaCy Docs with a tree; answers yes or no, or with the token that decides. These are the repairs of what
trees of news get wrong or leave open: `is bekritiseerd` read as a copula, headlines without auxiliary (`Directeur
geschorst`), `is te verwijten`, `kreeg een boete opgelegd`, a participle hung below the infinitive that follows it.
"""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Token

from analysis.coding.language.events import find_verb_event
from analysis.coding.language.record import language_of
from analysis.coding.syntax.participles import BY, is_in_participle
from analysis.coding.syntax.trees import (
    agents_of_passive,
    children,
    expand,
    has_finite,
    is_passive,
    objects,
    obliques,
    own_subjects,
    particle,
)
from analysis.coding.syntax.verb_forms import UNACCUSATIVE, find_infinitive, is_participle_form
from analysis.contracts.words import load_both
from analysis.reading.strong_verbs import INSEPARABLE

_RECEIVE = load_both("verbs", "receiving_verbs")
_CAUSES = load_both("clauses", "cause_nouns")
"""After `door` these give a cause and no doer: the passive leaves its doer out all the same."""
_WAYS = tuple(sorted(load_both("clauses", "way_noun_endings")))
"""Ends of nouns that are a way and no doer after `door`, with a verb of moving."""
_BE = load_both("verbs", "passive_copulas")
BLAMING = load_both("verbs", "blaming_verbs")
"""Verbs with an infinitive with `te` that their subject undergoes (`is te verwijten`, `valt te prijzen`)."""
_CAUSING = load_both("verbs", "causative_verbs")
_EXPLETIVES = load_both("pronouns", "expletives")
_OPENS_INFINITIVE = load_both("clauses", "infinitive_openers")
_PAST_PARTICIPLE = ("d", "t", "en", "de", "te")


def phrases_with(verb: Token, words: Container[str]) -> list[Token]:
    """Who a phrase with one of these adpositions on the verb names, without those of participles before nouns."""
    found = [one.token for one in obliques(verb) if one.preposition in words and not is_in_participle(one.token)]
    return [member for one in found for member in expand(one)]


def is_charge(noun: Token) -> bool:
    """Whether a noun says of what somebody is accused (`accused of fraud by X`: X accuses)."""
    verb = noun.head
    if noun.dep_ not in ("obl", "obl:arg") or verb.pos_ not in ("VERB", "ADJ"):
        return False
    event = find_verb_event(find_infinitive(verb), verb.doc.lang_)
    is_accusing = event is not None and event.event in ("accuse", "sue", "sanction")
    return is_accusing and bool(children(verb, ("aux:pass", "aux", "cop")))


def is_no_doer(agent: Token, lemma: str) -> bool:
    """A cause (`door een vergissing`), or a way along which somebody is moved (`door de straten geleid`)."""
    noun = agent.lemma_.lower()
    if noun in _CAUSES:
        return True
    event = find_verb_event(lemma, agent.doc.lang_)
    return event is not None and event.event == "move" and noun.removesuffix("je").endswith(_WAYS)


def is_expletive(token: Token) -> bool:
    """`er` and `there`, which stand in the place of a subject."""
    return token.lower_ in _EXPLETIVES


def is_bare_infinitive(verb: Token) -> bool:
    """`gaat helpen`: an infinitive without `te`."""
    return "Inf" in verb.morph.get("VerbForm", []) and not any(c.lower_ in _OPENS_INFINITIVE for c in verb.children)


def is_mistaken_participle(token: Token) -> bool:
    """A participle that the reading takes for another part of speech, in a passive (`is door X misleid`)."""
    if token.pos_ not in ("NOUN", "ADV", "ADJ"):
        return False
    helpers = [c.dep_ for c in token.children if c.dep_ == "aux:pass" or (c.dep_ == "cop" and c.lemma_ in _BE)]
    if not helpers or children(token, ("det",)):
        return False
    infinitive = find_infinitive(token)
    event = find_verb_event(infinitive, token.doc.lang_)
    if infinitive == token.lower_ or event is None or event.event == "none":
        return False
    if _is_syncretic(token):
        return token.lower_.endswith("ed")
    return token.pos_ != "ADJ" or bool(phrases_with(token, BY))


def _is_syncretic(verb: Token) -> bool:
    return language_of(verb).has("syncretic_participles")


def is_passive_with_be(verb: Token, lemma: str) -> bool:
    """`is bekritiseerd`, whatever the tree calls the auxiliary: of a deed with an object the perfect has `hebben`."""
    if _is_syncretic(verb):
        is_be = any(c.lemma_ == "be" for c in children(verb, ("aux", "cop")))
        return is_be and not verb.lower_.endswith("ing") and not children(verb, ("obj",))
    if lemma in UNACCUSATIVE or children(verb, ("obj",)):
        return False
    if not any(c.lemma_ == "zijn" for c in children(verb, ("aux", "cop"))):
        return False
    if any(c.lemma_ == "hebben" for c in children(verb, ("aux",))):
        return False
    if "Part" not in verb.morph.get("VerbForm", []) and not is_participle_form(verb.lower_, lemma):
        return verb.pos_ != "VERB"
    event = find_verb_event(lemma, verb.doc.lang_)
    is_deed = event is not None and event.event != "none" and event.role == "agent" and not event.marks
    return is_deed or bool(phrases_with(verb, BY))


def is_conjunct_of_passive(verb: Token) -> bool:
    """`hij werd opgepakt en verhoord`: the second participle shares auxiliary and subject."""
    if verb.dep_ != "conj" or own_subjects(verb) or "Inf" in verb.morph.get("VerbForm", []):
        return False
    if children(verb, ("aux", "aux:pass", "cop")):
        return False
    if has_finite(verb) and not (_could_be_participle(verb) and not children(verb, ("obj",))):
        return False
    head = verb.head
    if head.pos_ in ("NOUN", "PROPN", "PRON"):
        return False
    return is_passive(head) or is_conjunct_of_passive(head) or is_passive_with_be(head, find_infinitive(head))


def _could_be_participle(verb: Token) -> bool:
    """A finite form that is spelled as a participle (`beboet`, `vermoordt` is not)."""
    if _is_syncretic(verb):
        event = find_verb_event(find_infinitive(verb), verb.doc.lang_)
        is_harm = event is not None and event.valence == "conflict" and event.role == "agent" and not event.marks
        return verb.lower_.endswith("ed") and (is_harm or bool(agents_of_passive(verb))) and not objects(verb)
    return (
        "Past" not in verb.morph.get("Tense", [])
        and verb.lower_.startswith(INSEPARABLE)
        and verb.lower_.endswith(("d", "t"))
        and not verb.lower_.endswith("dt")
    )


def is_participle_of_noun(verb: Token) -> bool:
    """A participle that the tree hangs on its noun (`de trainer, ontslagen door het bestuur`)."""
    is_form = "Part" in verb.morph.get("VerbForm", []) or verb.dep_ == "amod"
    return verb.dep_ in ("amod", "acl") and is_form and not has_finite(verb) and not own_subjects(verb)


def is_present(verb: Token) -> bool:
    """A present participle, or another form of the present."""
    return "Pres" in verb.morph.get("Tense", []) or verb.lower_.endswith(("end", "ende", "ing"))


def is_bare_participle(verb: Token) -> bool:  # noqa: PLR0911  one return for each sign
    """A past participle without any auxiliary, as in headlines and set apart (`Directeur geschorst`)."""
    is_syncretic = _is_syncretic(verb)
    is_form = not is_syncretic and is_participle_form(verb.lower_, find_infinitive(verb))
    if not is_form and ("Part" not in verb.morph.get("VerbForm", []) or is_present(verb)):
        return False
    if not verb.lower_.endswith(_PAST_PARTICIPLE) or verb.dep_ in ("amod", "compound:prt"):
        return False
    if verb.dep_ == "xcomp" and not (is_syncretic and own_subjects(verb)):
        return False
    if children(verb, ("aux", "aux:pass", "cop")):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return is_bare_participle(verb.head)
    if is_syncretic and verb.dep_ in ("ROOT", "conj", "ccomp") and own_subjects(verb):
        return False
    return not (is_syncretic and objects(verb))


def is_blamed(verb: Token) -> bool:
    """`is te verwijten`, `valt te prijzen`: an infinitive whose subject undergoes."""
    if verb.pos_ != "VERB" or not any(child.lower_ == "te" for child in verb.children):
        return False
    helpers = [c for c in children(verb, ("cop", "aux", "aux:pass")) if c.lemma_ in BLAMING]
    if helpers:
        is_form = "Part" in verb.morph.get("VerbForm", []) and find_infinitive(verb) != verb.lower_
        return not is_passive(verb) and not is_form and helpers[0].lower_ != "zijn"
    return verb.dep_ in ("ccomp", "xcomp") and verb.head.lemma_ in BLAMING and particle(verb.head) is None


def is_raised(verb: Token) -> Token | None:
    """The infinitive that governs a participle before it (`wordt ervan beschuldigd te hebben gestolen`), else None."""
    if verb.pos_ != "VERB" or verb.dep_ not in ("advcl", "xcomp", "ccomp", "amod", "acl"):
        return None
    for above in (verb.head, verb.head.head):
        raised = raised_participle(above)
        if raised is not None and raised.i == verb.i:
            return above
    return None


def raised_participle(verb: Token) -> Token | None:
    """The participle before the `te` of an infinitive to which the infinitive's passive auxiliary belongs."""
    helpers = [child.i for child in children(verb, ("aux:pass",))]
    marks = [child.i for child in verb.children if child.lower_ == "te"]
    if not helpers or not marks:
        return None
    for token in verb.doc[helpers[0] + 1 : marks[0]]:
        is_form = "Part" in token.morph.get("VerbForm", []) and not token.lower_.endswith("e")
        if token.pos_ == "VERB" and is_form and not is_present(token):
            return token
    return None


def has_werden(verb: Token) -> bool:
    """Whether the passive is made with `worden`, not with `zijn`."""
    return any(child.lemma_ == "worden" for child in children(verb, ("aux:pass",)))


def is_caused(verb: Token) -> bool:
    """An infinitive under `laten`: `liet hem door de politie verwijderen`."""
    return verb.dep_ in ("xcomp", "ccomp") and verb.head.lemma_ in _CAUSING and not has_finite(verb)


def receiver_of(verb: Token) -> Token | None:
    """The form of `krijgen` whose subject undergoes what a participle says (`kreeg een boete opgelegd`)."""
    if "Part" not in verb.morph.get("VerbForm", []) and verb.dep_ != "compound:prt":
        return None
    helpers = [c for c in children(verb, ("aux", "aux:pass")) if c.lemma_ in _RECEIVE]
    if helpers:
        return verb
    is_below = verb.dep_ in ("compound:prt", "xcomp", "ccomp", "advcl", "obj") and verb.pos_ == "VERB"
    return verb.head if is_below and verb.head.lemma_ in _RECEIVE else None


def received_by(verb: Token) -> Token | None:
    """The participle that a form of `krijgen` governs."""
    if verb.lemma_ not in _RECEIVE:
        return None
    return next((child for child in verb.children if receiver_of(child) is not None), None)
