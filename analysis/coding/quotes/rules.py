"""The patterns of speech by name: what `quotes.rule` says, for readers and for the documentation.

Reads nothing; `RULES` is the table, `describe_rules` gives it as a DataFrame. A suffix tells more: ``_pronoun`` where
the speaker was found through a pronoun, ``_spokesperson`` where somebody speaks for the actor.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

SUFFIXES = ("_pronoun", "_spokesperson")
"""What may follow the name of a pattern."""


class Rule(NamedTuple):
    """A pattern: its name, where it looks (`marks`, `tree` or `surface`), and what it finds, with an example."""

    name: str
    where: str
    description: str


RULES: tuple[Rule, ...] = (
    Rule(
        "split", "marks", "the second half of a quote that the speaker interrupts: ‘Het is genoeg’, zei X, ‘maar ...’"
    ),
    Rule(
        "adverb_after", "marks tree surface", "aldus or according to after what is said: ‘...’, aldus X; ..., aldus X"
    ),
    Rule("dash_after", "marks", "a dash and a name under the quote: ‘...’ — X"),
    Rule("colon", "marks", "a name and a colon before the quote: X: ‘...’"),
    Rule("verb_colon", "marks tree", "a reporting verb and a colon: X zei: ‘...’; X zegt: dit kan niet"),
    Rule(
        "verb_after",
        "marks tree surface",
        "the verb and then the speaker after what is said: ‘...’, zei X; ..., zegt X",
    ),
    Rule("subject_verb_after", "marks surface", "the speaker and then the verb after what is said: “...,” X said"),
    Rule(
        "any_verb_after", "marks", "a whole sentence between marks and a verb that is no reporting verb: ‘...’, zong X"
    ),
    Rule("according_to", "marks tree surface", "volgens or according to before or in what is said: Volgens X ..."),
    Rule("verb_before", "marks", "a reporting verb before the quote: X noemt het ‘onverstandig’"),
    Rule(
        "verb_later",
        "marks",
        "the reporting verb closes the sentence that holds the quote: De ‘...’ moet stoppen, zegt X",
    ),
    Rule("continued", "marks", "a quote of its own right after a sentence that quotes: same speaker"),
    Rule(
        "introduced", "marks", "a quote of its own right after a sentence about somebody: the subject of that sentence"
    ),
    Rule("shared", "marks", "two quotes in a row of which the second has a speaker: ‘A.’ ‘B’, zei X"),
    Rule("unattributed", "marks", "a quote of its own with nobody near: speech, but nobody's"),
    Rule("block", "tree", "a paragraph after one that ends in a reporting verb and a colon: X voegde toe: / ..."),
    Rule("that_clause", "tree surface", "a clause with dat or that: X zei dat ..."),
    Rule("question_clause", "tree", "a reported question: X vroeg of ...; X legde uit waarom ..."),
    Rule("bare_clause", "tree surface", "a clause without a conjunction: X said she would ..."),
    Rule("plain_say", "tree", "what follows say up to the end, where the tree misses the clause"),
    Rule("as_clause", "tree", "a main clause with zoals or as: Zoals X zei, ..."),
    Rule("infinitive", "tree", "an infinitive that says what somebody says or wants: X zegt geen spijt te hebben"),
    Rule("feeling", "tree", "an adjective of belief or intention: X is ervan overtuigd dat ...; X is willing to ..."),
    Rule("set_off", "tree", "a speaker and a verb between commas, where the tree hides it: ..., X said, ..."),
    Rule("passive_clause", "tree", "the same in the passive: door X werd gezegd dat ...; it was reported that ..."),
    Rule("ruling", "tree", "luidt and a noun of speech: ..., luidt het bevel van X"),
    Rule("naming", "tree", "a verb that names its object: X noemt het plan een ramp"),
    Rule("judgement", "tree", "a verb that judges its object, with what it holds of it: X ziet het plan als een ramp"),
    Rule("about", "tree", "a verb and a preposition: X pleit voor een verbod"),
    Rule("content_object", "tree", "a verb whose object is what is said: X kondigt een onderzoek aan"),
    Rule("denial", "tree surface", "the same with a verb of denial: X ontkent elke schuld"),
    Rule("noun_clause", "tree", "a noun of speech with a clause: het verwijt van X dat ..."),
    Rule("colon_clause", "tree", "a name and a colon without marks, as in headlines: X: regels moeten weg"),
    Rule("look_back", "tree", "a sentence that points back: De regels moeten weg. Dat vindt X."),
    Rule("continued_zou", "tree", "a Dutch sentence with zou right after reported speech: Ook zou ..."),
    Rule(
        "announcement", "surface", "an infinitive after a phrase of reporting, without a tree: X liet weten ... te ..."
    ),
)
"""Patterns by where they look: between quotation `marks`, in the `tree`, or on the `surface` where there is none."""


def describe_rules() -> pd.DataFrame:
    """The patterns as a table.

    Returns
    -------
    DataFrame
        Columns ``rule``, ``where`` and ``description``, one row per pattern.

    Examples
    --------
    >>> describe_rules().head(1).to_dict("records")[0]["rule"]
    'split'
    """
    return pd.DataFrame(RULES).rename(columns={"name": "rule"})


def name_rule(rule: str) -> str:
    """The name of a pattern without its suffix.

    Examples
    --------
    >>> name_rule("verb_after_pronoun")
    'verb_after'
    """
    for suffix in ("_network", *SUFFIXES):
        rule = rule.removesuffix(suffix)
    return rule
