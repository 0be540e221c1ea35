"""Coreference: the antecedent of a pronoun or description.

Modules, those that others rest on first::

    resolve                   the pass over an article, sure rules first
    referents                 the actors of an article and where each was named so far
    descriptions              descriptions that refer back (`de minister`)
    pronouns                  which words are pronouns that refer, and what they agree with
    salience                  the actor that a pronoun most likely means
    speakers                  `ik`, `we`, `u` in direct speech, after the quotes are found
"""
