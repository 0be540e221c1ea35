"""What all tables of `analysis.contracts.schema` share.

Reads nothing; gives the base class of tables and a short way to describe a column of text.
"""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa


class Table(pa.DataFrameModel):
    """Shared rules: no unknown column, columns in order, dtypes coerced."""

    class Config:
        """Options of pandera."""

        strict = True
        ordered = True
        coerce = True


def text(description: str, *, nullable: bool = False, **checks: Any) -> Any:
    """A column of text."""
    return pa.Field(description=description, nullable=nullable, **checks)
