"""Frames: which frames a sentence and an article use.

Modules, those that others rest on first::

    code                      `code_frames`
    articles                  an article's frames from its sentences
    features                  what a text is scored by: its vector, and its words
    patterns                  the codebook's indicator words
    model                     the shipped classifiers
    zero_shot                 nearness to a frame's questions
    methods                   which rows of several methods count
    fitting                   classifiers for frames of your own
    training                  the shipped classifiers again
"""
