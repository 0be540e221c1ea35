"""Charts: one module per family, each returning a Figure that says what it found.

- `actors`, `tone`, `agency`, `relations`, `roles`, `frames`, `frames_compared`, `microframes`: what the study finds
- `comparing`, `differences`: groups, periods, outlets
- `parts`: what a text is made of
- `validity`: how far to trust the rest
- `style`, `marks`, `cells`: the look that all share
- `facade`: `Charts`, a line each
"""
