"""Validation of the coders against gold codes, one module per kind of task.

Way of the data: `gold` (a gold file, checked line by line) -> `polarity` (target, tone), `frames`, `spans` (quotes,
actors; `chains` for who is who) -> `report` (JSON and tables for people). `analysis.validate` chooses the task.
"""
