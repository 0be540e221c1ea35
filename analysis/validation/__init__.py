"""Validation of the coders against gold codes, one module per kind of task.

Way of the data: `gold` and `conll` (gold files, checked line by line) -> `trees` (syntax) and `names` (ner), both by
way of `given_words`; `polarity` (target, tone), `judgements` (of whole items, by way of `running_news`), `frames`,
`spans` (quotes), `actors` (`chains` for who is who) -> `report` (JSON and tables for people). `validate`
chooses the task.

Beside the tasks: `own_gold` and `own_units` (gold of the project) -> `methods_table` (every method on every gold set),
`robustness` (other words, typing errors, other names: `name_swap`), `error_analysis`, `roles_table` (with `functions`),
`microframes_table` -> `stored` (``data/validity``); `slants` asks whether what was planted in the teaching corpus
shows; `baselines` writes the page of all figures.

Without gold codes: `freeze` keeps every table of a fixed set of texts (`freeze_texts`), and tells in which rows two
freezes differ (`freeze_rows` -> `freeze_lines` -> `freeze_compare`).
"""
