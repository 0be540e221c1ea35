"""Sphinx's settings for `make docs`: reads the pages that `make.py` lays out, and docstrings; runs no notebook.

Whatever a page needs lies in the site: no scripts, styles or fonts of others, so that it reads and searches offline.
"""

import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from pygments.lexers.special import TextLexer

ROOT = Path(__file__).resolve().parents[2]
DUTCH = {"docs/begrippen", "docs/vragen", "docs/lesgeven", "docs/les-coderen"}
sys.path.insert(0, str(ROOT))

project = "Framewijs"
author = project_copyright = "The Framewijs engineers"
extensions = ["myst_nb", "numpydoc", "sphinx.ext.autodoc", "sphinxcontrib.typer"]
html_theme = "pydata_sphinx_theme"
html_title = project
html_favicon = "_static/icon.svg"
html_sidebars = {page: [] for page in ("start", "gallery", "docs/faq")}  # they have no pages of their own
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_sourcelink_suffix = ""  # "Show Source" of a notebook is the notebook, to keep
html_context = {"default_mode": "auto"}
html_theme_options = {
    "footer_end": [],
    "header_links_before_dropdown": 8,
    "navbar_persistent": ["search-button"],
    "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc", "sourcelink"],
    "show_prev_next": False,
}
html_math_renderer = "mathml"
html_permalinks_icon = "#"
highlight_language = "none"  # a block that names no language has none
default_role = "py:obj"  # docstrings write `verb`
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_heading_anchors = 4
nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, Any] = {}
numpydoc_class_members_toctree = False
numpydoc_show_class_members = False
autodoc_typehints = "none"  # the types stand in the docstrings
autodoc_member_order = "bysource"
suppress_warnings = ["config.cache", "toc.not_included"]  # exercises are reached from pages that link to them


def _write_formula(self: Any, node: nodes.math | nodes.math_block) -> None:
    """A formula as MathML, which browsers draw themselves."""
    self.body.append(tex2mathml(node.astext(), as_block=isinstance(node, nodes.math_block)))
    raise nodes.SkipNode


def _set_language(_app: Any, page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    """Dutch pages say so, for those who have them read aloud."""
    is_dutch = page.startswith("notebooks/nl/") or page in DUTCH
    context["language"] = "nl" if is_dutch else "en"


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.add_html_math_renderer("mathml", (_write_formula, None), (_write_formula, None))
    for name in ("csv", "spss"):  # Pygments knows neither
        app.add_lexer(name, TextLexer)
    app.connect("html-page-context", _set_language)
