"""The data dictionary in Markdown, generated from the schemas.

Reads the table models; prints ``docs/data-dictionary.md``:
``python -m analysis.contracts.dictionary > docs/data-dictionary.md``.
"""

from analysis.contracts import schema
from analysis.contracts.tables import MODELS


def describe_tables() -> str:
    """The data dictionary in Markdown, generated from the models above."""
    lines = [
        "# Data dictionary",
        "",
        "Generated from the schemas in `analysis/contracts` by `python -m analysis.contracts.dictionary`; do not edit.",
        "",
    ]
    lines += [(schema.__doc__ or "").split("\n\n", 1)[1].strip(), ""]
    for name, model in MODELS.items():
        lines += [
            f"## {name}",
            "",
            (model.__doc__ or "").strip(),
            "",
            "| column | type | may be empty | meaning |",
            "|---|---|---|---|",
        ]
        for column, rules in model.to_schema().columns.items():
            shown = "frame_&lt;id&gt;" if rules.regex else column
            meaning = (rules.description or "").replace("|", "\\|")
            lines.append(f"| {shown} | {rules.dtype} | {'yes' if rules.nullable else 'no'} | {meaning} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    print(describe_tables(), end="")
