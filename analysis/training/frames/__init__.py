"""Frames: classifiers of frames of your own (`fitting.fit_frames`), and the shipped ones again (`shipped`).

``python -m analysis.training.frames`` makes the shipped ones, in the ordinary environment.
"""
