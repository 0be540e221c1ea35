"""Runs: the chain of rooms from articles to tables, kept and identified.

- `chain`: `code_articles`, every layer in order
- `run`: a folder of coded tables with its manifest (`framewijs code`)
- `cache`: `code_once`, which codes only what has changed
- `identity`: checksums of code, model and codebook, by which a run is known
"""
