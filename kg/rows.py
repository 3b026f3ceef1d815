"""What a query gives, as Python and notebooks use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.display.plain import ROWS, text_table
from kg.display.rendering import render
from kg.store import QueryResult
from kg.store.queries import Value, value_of
from kg.types import IRI

if TYPE_CHECKING:
    import pandas as pd

_MOST_SHOWN = 50
"""Rows that a notebook shows; more are counted."""


@dataclass(frozen=True, slots=True)
class Rows:
    r"""The answer to a query: a sequence of dictionaries, one a row.

    >>> from pyoxigraph import Literal
    >>> rows = Rows(QueryResult(kind="select", variables=("n",), terms=((Literal(7),),)))
    >>> list(rows), len(rows.to_pandas()), rows.to_csv()
    ([{'n': 7}], 1, 'n\r\n7\r\n')
    """

    result: QueryResult
    prefixes: Mapping[str, str] = field(default_factory=dict, repr=False)
    """With which IRIs can be shortened."""

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.result.records())

    def __len__(self) -> int:
        return len(self.result.terms)

    def to_pandas(self, *, shorten: bool = False) -> pd.DataFrame:
        """The rows as a data frame, a column a variable, also where there are no rows.

        A column has a type where all its values are of one: whole numbers `Int64`, other numbers `float64`,
        truth values `boolean`, days and times `datetime64`; missing values are `NA`, `NaN` or `NaT`. All
        else is text, and None where there is nothing.

        Args:
            shorten: Give IRIs with the prefixes of the graph, where one fits: `kg:meets`.
        """
        from kg.export.frames import result_frame

        return result_frame(self.result, self.prefixes if shorten else {})

    def to_csv(self) -> str:
        """The rows in the CSV of SPARQL 1.1."""
        return self.result.to_csv()

    def to_json(self) -> str:
        """The rows in the JSON of SPARQL 1.1, with the type of each term."""
        return self.result.to_json()

    def __repr__(self) -> str:
        variables = self.result.variables
        return text_table(variables, self._shown(ROWS), total=len(self)) if variables else "0 rows"

    def _repr_html_(self) -> str:
        rows = self._shown(_MOST_SHOWN)
        return render("rows", {"headings": self.result.variables, "rows": rows, "total": len(self)})

    def _shown(self, most: int) -> list[tuple[Value, ...]]:
        """The first rows, with nodes as short as they can be written."""
        from kg.export.frames import shortened

        return [
            tuple(shortened(value, self.prefixes) if isinstance(value, IRI) else value for value in row)
            for row in (tuple(map(value_of, terms)) for terms in self.result.terms[:most])
        ]
