"""Syntax: clauses and their parts, from dependency trees.

Modules, those that others rest on first::

    trees                     a word's arguments, including shared subjects
    patterns                  rows of patterns, and where their paths lead
    participles               participles before a noun: their noun and whom they name
    verb_forms                the infinitive of a verb as it stands in a text
    voices                    active or passive
    modality                  negated, hedged, asked, conditional, denied
    clauses                   each predicate with its agents and patients, whatever its voice
    participants              the actor that the head of a phrase stands for
"""
