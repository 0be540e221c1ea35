"""The contracts: what the tables hold, where files lie, and how errors are told.

Reads nothing and knows no room; every room may import it.

- `schema` (with `schema_roles`, `schema_rules`, `schema_microframes`): columns, values and keys of each table
- `tables`: `Tables`, `make_table`, and the check of a table against its schema
- `dictionary`: the data dictionary, as a page
- `errors`: errors that name file, row and remedy
- `paths`: the folders of the project
- `words`: the word lists of each language, from data/languages
"""
