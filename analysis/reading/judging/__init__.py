"""Judging: who is judged in a stretch of text, how, by whom, in which words, in one pass of a network.

`passages` cuts a text with its mentions and quotes into passages; `network` runs the model file's second network on
them and asks its heads. Both know of numbers only: whose mentions they are, and what becomes of the answers, is the
coding room's.
"""
