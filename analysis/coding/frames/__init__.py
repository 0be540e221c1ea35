"""Frames: which frames a sentence and an article use.

Modules, those that others rest on first::

    features                  what a text is scored by: its vector, its letters, and the codebook's patterns in it
    model                     the shipped classifiers (`analysis.training.frames` fits them, and those of your own)
    zero_shot                 nearness to a frame's questions
    methods                   which method answers which question, and which rows of several count
    code                      `code_frames`
    articles                  an article's frames from its sentences
"""
