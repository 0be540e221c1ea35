"""Framewijs: who is in the news, who speaks, who acts on whom, who judges whom, in which frames.

The way of the data, one room a step::

    articles -> sentences -> mentions, quotes -> evaluations, actions, responsibility, frames, roles
     corpus      reading                     coding

    -> features -> estimates -> figures
            measures            display

Public verbs, in that order (DataFrame in, new DataFrame out; tables are described in `analysis.contracts.schema`):

====================  ==================================================================
`load_codebook`       actors, frames and outlets to look for
`load_articles`       files to the table ``articles`` (`load_corpus`: with the notices)
`select_articles`     those of some outlets, or of a period
`read_articles`       articles to a `Reading`; `read_sentences`: only its sentences
`find_mentions`       where an actor is named or described
`find_quotes`         who says what
`code_evaluations`    who judges whom, and how
`code_actions`        who does what to whom
`code_frames`         which indicator questions a sentence answers
`code_roles`          heroes, villains, victims
`build_features`      one row per article and actor
`code_articles`       all of the above at once; `code_once` keeps the tables on disk
`estimate`            means per group with an interval
`agreement`           how far coders agree
`explain`             any row or estimate, as highlighted sentences
`plot_*`, `show_*`    in `analysis.display`
`Study`               one corpus with its tables, and its charts a line each
====================  ==================================================================

Further verbs stand in their modules:

- coding: `claims.responsibility.code_responsibility`, who holds whom responsible; `claims.functions.code_functions`,
  who defines, blames, judges and demands; `roles.evidence.find_role_evidence`, what speaks for a role;
  `frames.articles.code_article_frames` and `microframes.code.code_microframes`, frames of articles and of actors;
  `analysis.training.frames.fitting.fit_frames`, a frame of one's own
- measures: `sampling.draw_sample`, `agreement_report.report_agreement`, `correction.correct_means` for coding by hand;
  `comparison.compare`; `agency.agency`
- beside the rooms: `sheets.write_sheet` and `sheets.read_sheets`, coding sheets; `suggest.suggest_actors`, codebook
  entries for who is missing; `world.load_world`, the countries of the world; `validate.validate`, scores against gold

The docstrings of `analysis.coding` and `analysis.display` map their modules.
Names are imported when first used, so that `import analysis` costs nothing.
"""

import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.codebook.load import load_codebook
    from analysis.coding.actions.code import code_actions
    from analysis.coding.evaluations.code import code_evaluations
    from analysis.coding.frames.code import code_frames
    from analysis.coding.mentions.find import find_mentions
    from analysis.coding.quotes.find import find_quotes
    from analysis.coding.roles.code import code_roles
    from analysis.contracts import paths
    from analysis.corpus import load_articles, load_corpus, read_tables, write_tables
    from analysis.corpus.selection import select_articles
    from analysis.display import explain
    from analysis.measures.agreement import agreement
    from analysis.measures.estimates import estimate
    from analysis.measures.features import build_features
    from analysis.reading import read_articles, read_sentences
    from analysis.runs.cache import code_once
    from analysis.runs.chain import code_articles
    from analysis.study import Study

IMPORTED_AT = time.time()
"""When this process began to import the package: source written later is not what runs (`analysis.runs.identity`)."""

_HOMES = {
    "Study": "analysis.study",
    "agreement": "analysis.measures.agreement",
    "build_features": "analysis.measures.features",
    "code_actions": "analysis.coding.actions.code",
    "code_articles": "analysis.runs.chain",
    "code_evaluations": "analysis.coding.evaluations.code",
    "code_frames": "analysis.coding.frames.code",
    "code_once": "analysis.runs.cache",
    "code_roles": "analysis.coding.roles.code",
    "estimate": "analysis.measures.estimates",
    "explain": "analysis.display",
    "find_mentions": "analysis.coding.mentions.find",
    "find_quotes": "analysis.coding.quotes.find",
    "load_articles": "analysis.corpus",
    "load_codebook": "analysis.codebook.load",
    "load_corpus": "analysis.corpus",
    "read_articles": "analysis.reading",
    "read_sentences": "analysis.reading",
    "read_tables": "analysis.corpus",
    "select_articles": "analysis.corpus.selection",
    "write_tables": "analysis.corpus",
}

__all__ = [
    "Study",
    "agreement",
    "build_features",
    "code_actions",
    "code_articles",
    "code_evaluations",
    "code_frames",
    "code_once",
    "code_roles",
    "estimate",
    "explain",
    "find_mentions",
    "find_quotes",
    "load_articles",
    "load_codebook",
    "load_corpus",
    "paths",
    "read_articles",
    "read_sentences",
    "read_tables",
    "select_articles",
    "write_tables",
]


def __getattr__(name: str) -> Any:
    """Import a public verb, or the module ``paths``, when it is first asked for."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name == "paths":
        return import_module("analysis.contracts.paths")
    raise AttributeError(f"module 'analysis' has no attribute '{name}'; its verbs are {', '.join(__all__)}")


def __dir__() -> list[str]:
    """Names to offer for completion."""
    return sorted(__all__)
