"""Quotes: who speaks, in which words.

Modules, those that others rest on first::

    find                      `find_quotes`
    patterns                  rows of patterns, shipped and a study's own
    article                   an article as speech is sought in it, and what is found
    content                   the words of what is said, in a tree
    cues                      words that hand on speech, and what rows of patterns may name
    speakers                  from a cue to the mention that speaks
    marks                     speech between quotation marks
    reported                  reported speech
    join                      both put together
"""
