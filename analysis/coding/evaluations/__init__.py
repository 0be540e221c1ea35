"""Evaluations: how each actor of a sentence is judged, by whom, on which words that rests.

Modules, those that others rest on first::

    code                      `code_evaluations`
    network                   by the judging network, a passage at once
    speakers                  speakers that the network is sure of
    speech                    where word lists look, and whom words inside speech can reach
    word_order                on whom a word bears, by word order alone
    lexicon                   by word lists, and VADER
    methods                   which rows of several methods count, and which are clear
"""
