"""Explanations: any row or estimate as the sentences it came from.

- `explain`: the verb, which chooses by table; `explanation`: what it returns
- `grouping`, `behind`, `rows`: from the name of an estimate to the rows behind it
- `judgements`, `frame_answers`, `parties`, `told_rows`: rows of one kind in words
- `evidence`, `page`: an article with everything found in it, as HTML
"""
