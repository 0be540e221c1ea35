"""Findings: what a chart shows, as a sentence, computed from the rows that are drawn.

One module per family of charts: `charts` (actors, tone, agency), `relations`, `roles`, `frames`,
`comparison`, `validity`.
"""
