"""Micro-frames: bias and intensity of word pairs (Kwak, An, Jing & Ahn 2021).

Modules, those that others rest on first::

    code                      `code_microframes`
    axes                      word pairs as axes
    chance                    what chance gives
"""
