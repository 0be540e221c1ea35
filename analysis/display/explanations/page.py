"""Style and frame of the evidence view.

Reads nothing; returns a style sheet whose every rule stays inside ``.fw-evidence``, and a page around a body. The page
loads nothing: its policy forbids scripts, images and addresses, whatever an article holds.
"""

from __future__ import annotations

import html

STYLE = """<style>
.fw-evidence { overflow-x: auto; background: #fff; color: #222; max-width: 44em; padding: 0.5em 1em;
  font: 1rem/1.75 Georgia, "DejaVu Serif", serif; }
.fw-evidence p { margin: 0 0 0.9em; }
.fw-evidence .fw-caption { font-size: 0.9em; border-left: 3px solid #999; padding-left: 0.7em; }
.fw-evidence .fw-actor { background: #e3ecf5; border-bottom: 2px solid #35608d; }
.fw-evidence .fw-quote { font-style: italic; }
.fw-evidence .fw-frame { text-decoration: underline dotted #444 2px; text-underline-offset: 0.28em; }
.fw-evidence .fw-cue { font-weight: bold; outline: 1px solid; outline-offset: 1px; padding: 0 1px; }
.fw-evidence .fw-negative { background: #fbe3c8; outline-color: #8a4500; }
.fw-evidence .fw-neutral { background: #f1f0ee; outline: 1px dashed #666; }
.fw-evidence .fw-positive { background: #e2dcf2; outline-color: #4b2c83; }
.fw-evidence sup, .fw-evidence small { font: 0.68em/1 Verdana, "DejaVu Sans", sans-serif; color: #444; }
.fw-evidence sup { margin: 0 1px 0 2px; vertical-align: super; }
.fw-evidence .fw-head, .fw-evidence caption { font: bold 0.95em Verdana, "DejaVu Sans", sans-serif;
  margin: 1em 0 0.4em; text-align: left; }
.fw-evidence dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2em 1em; margin: 0;
  font-size: 0.9em; }
.fw-evidence dd { margin: 0; }
.fw-evidence table { border-collapse: collapse; margin: 1em 0; font-size: 0.85em; line-height: 1.4; }
.fw-evidence th, .fw-evidence td { border-bottom: 1px solid #ccc; padding: 0.25em 0.8em 0.25em 0; text-align: left;
  vertical-align: top; }
@media print { .fw-evidence { max-width: none; font-size: 10pt; print-color-adjust: exact;
  } .fw-evidence tr, .fw-evidence p { break-inside: avoid; } }
</style>"""


def make_page(title: str, body: str, language: str) -> str:
    """A whole page; `title` is escaped here, `body` is HTML already."""
    return f"""<!DOCTYPE html>
<html lang="{html.escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{html.escape(title)}</title>
{STYLE}
<style>
body {{ margin: 1em auto; max-width: 48em; font: 1rem/1.5 Verdana, "DejaVu Sans", sans-serif; }}
body {{ padding: 0 1em; color: #222; background: #fff; }}
h1 {{ font-size: 1.2em; }}
</style>
</head>
<body>
<h1>{html.escape(title)}</h1>
{body}
</body>
</html>
"""
