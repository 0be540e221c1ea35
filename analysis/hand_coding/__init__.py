"""Coding by hand: what is asked of coders, how their answers are kept, and what is checked when they come back.

Reads samples of `analysis.measures.sampling`; serves `sheets` (spreadsheets) and `desk` (inside
JupyterLab), which share questions, files and checks, so that a study may use both; `adjudication` makes a reference of
what comes back, where coders differ too.
"""
