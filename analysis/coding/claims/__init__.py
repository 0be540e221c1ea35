"""Claims: who is blamed or credited for what, and the functions of a frame (problem, cause, judgement, remedy).

Modules, those that others rest on first::

    words                     words that make a claim, and what the lists say of them
    places                    where in the tree source, target and event stand
    causes                    phrases and clauses of cause
    modals                    `must`, `should`: remedies
    match                     the engine: each word with its source, target and event
    sentences                 the actors and speakers behind those words
    responsibility            `code_responsibility`
    functions                 `code_functions`
"""
