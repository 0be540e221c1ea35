"""The judging network: how it is made.

`materials` (the program's own mentions and quotes of every text that is learnt from, a JSON file each) -> `samples`
(passages with their answers) -> `net` (the network and its losses) -> `train` (the loop) -> `score`.
"""
