"""Validation of the coders against gold codes, one module per kind of task.

Way of the data: `gold` and `conll` (gold files, checked line by line) -> `trees` (syntax) and `names` (ner), both by
way of `given_words`; `polarity` (target, tone), `frames`, `spans` (quotes), `actors` (`chains` for who is who) ->
`report` (JSON and tables for people). `analysis.validate` chooses the task.
"""
