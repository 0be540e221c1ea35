"""Actions: who does what to whom.

Modules, those that others rest on first::

    events                    events in a tree, with agent and patient
    code                      `code_actions`
"""
