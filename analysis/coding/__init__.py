"""The third room: coding.

Each verb reads a `Reading` and the tables made before it, and returns one table. The sub-packages stand in layers: each
imports only from those before it (tests/test_architecture.py)::

    language                  words
    syntax                    clauses and their parts
    mentions, coreference     `find_mentions`
    quotes                    `find_quotes`
    evaluations               `code_evaluations`
    actions                   `code_actions`
    claims                    `code_responsibility`, `code_functions`
    frames                    `code_frames`
    roles                     `code_roles`
    microframes               `code_microframes`
"""
