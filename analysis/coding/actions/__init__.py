"""Actions: who does what to whom.

Modules, those that others rest on first::

    code                      `code_actions`
    patterns                  names of the patterns, in order of certainty
    deeds                     events in a tree, with agent and patient
"""
