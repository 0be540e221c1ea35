"""Words: what a word list says, without a tree.

Modules, those that others rest on first::

    record                    a language: its words and what is true of its grammar
    tokens                    words with their place; word lists that tell names from other capitals
    lists                     large lists, read row by row
    inflection                inflected forms of a codebook's words
    gender                    gender from first names, titles and nouns
    lexicon                   words that judge, words that shift a judgement, and where they stand
    reporting                 the vocabulary of reporting
    marks                     pairs of quotation marks
    events                    type and valence of an event, from the event lists
"""
