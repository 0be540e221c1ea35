"""Syntax: clauses and their parts, from dependency trees or, where there is none, from surface signs.

Modules, those that others rest on first::

    trees                     a word's arguments, including shared subjects
    patterns                  rows of patterns, and where their paths lead
    participles               participles before a noun: their noun and whom they name
    verb_forms                the infinitive of a verb as it stands in a text
    voices                    active or passive
    predicates                each verb with its agents and patients, whatever its voice
    nominals                  nouns that name an event, with the same
    modality                  negated, hedged, asked, conditional, denied
    surface                   clauses by surface signs
    participants              the actors that a judging or acting word concerns
"""
