"""Claims: who is blamed or credited for what, and the functions of a frame (problem, cause, judgement, remedy).

Modules, those that others rest on first::

    responsibility            `code_responsibility`
    blame                     words of blame and credit
    charges                   what they say of whom
    functions                 `code_functions`
    words                     words that signal a function
    signs                     where such words stand
    modals                    `must`, `should`: remedies
    causes                    causes
    patterns                  which words of a sentence fill a function
    bearers                   the actors that a word targets, by the tree
"""
