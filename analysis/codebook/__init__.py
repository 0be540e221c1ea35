"""Codebooks: actors and frames with their wording, read from YAML and checked.

- `load`: `load_codebook`, `Codebook` and its entries
- `entries`: checked reading of one YAML file, for codebooks and other lists
- `world`: the countries of the world, which every codebook may use
- `suggest`: entries for actors that an article names and the codebook lacks
"""
