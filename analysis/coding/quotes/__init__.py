"""Quotes: who speaks, in which words.

Modules, those that others rest on first::

    find                      `find_quotes`
    rules                     the patterns by name, for readers (docs/quote-patterns.md)
    context                   what a pattern of direct speech looks at, and returns
    direct                    speech between marks and its speaker
    cues                      cues that are no finite verb of the main clause
    speakers                  the speaker, without a tree
    indirect                  reported clauses, without a tree
    reports                   reported speech in a tree: the patterns in their order
    verbs                     reporting verbs in a tree: kind, subject, dependents
    clauses                   patterns of clauses
    objects                   patterns of objects: naming, judging, announcing
    phrases                   prepositions, nouns of speech, a colon, a look back
    content                   the words of what is said
    heads                     the speaker, by the tree
    join                      reported speech and speech between marks put together
"""
