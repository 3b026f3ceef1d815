"""Runs SPARQL queries over the union of all graphs: what they may do, and what they give."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import compress
from numbers import Integral
from types import MappingProxyType
from typing import Any, TypeAlias

import pyoxigraph as ox

from kg.errors import KgError, QueryError
from kg.store.clauses import names_dataset
from kg.store.engine import is_of_engine
from kg.store.guards import refuse
from kg.store.parameters import open_to
from kg.store.results import in_memory, write_answer, write_solutions
from kg.store.results.text_formats import plain_text
from kg.store.syntax import NO_UPDATES, syntax_error
from kg.types import IRI
from kg.vocabulary import XSD

Value: TypeAlias = str | int | float | bool | None
"""A term in Python: numbers and truth values as such, IRIs as `IRI`, all else as text, None where unbound."""
Binding: TypeAlias = str | int | float | bool | Decimal | datetime.date | ox.NamedNode | ox.Literal
"""What a variable can be bound to; `IRI` is a `str`, and `datetime` a `date`."""
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row: TypeAlias = tuple[Term | None, ...]

NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """What a query gives: rows for SELECT, triples for CONSTRUCT and DESCRIBE, an answer for ASK."""

    kind: str
    """`select`, `graph` or `ask`."""
    variables: tuple[str, ...] = ()
    terms: tuple[Row, ...] = field(default=(), repr=False)
    """The rows as RDF terms."""
    triples: tuple[ox.Triple, ...] = ()
    answer: bool | None = None
    """The answer of ASK, else None."""

    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """The rows as Python values."""
        return tuple(tuple(map(value_of, row)) for row in self.terms)

    def records(self) -> list[dict[str, Value]]:
        """The rows as dictionaries by variable."""
        return [dict(zip(self.variables, row, strict=True)) for row in self.rows]

    def without(self, names: frozenset[str]) -> QueryResult:
        """The same without the columns of these variables."""
        if names.isdisjoint(self.variables):
            return self
        kept = [name not in names for name in self.variables]
        return replace(
            self,
            variables=tuple(compress(self.variables, kept)),
            terms=tuple([tuple(compress(row, kept)) for row in self.terms]),
        )

    def to_csv(self) -> str:
        """The rows in SPARQL 1.1 CSV: a line of variables, then one a row."""
        return self._document("csv")

    def to_json(self) -> str:
        """The rows or the answer in SPARQL 1.1 Query Results JSON."""
        return self._document("json")

    def _document(self, format_: str) -> str:
        pieces = bytearray()
        if self.kind == "ask":
            write_answer(self.answer, format_, in_memory(pieces))
        else:
            write_solutions(self.variables, self.terms, format_, in_memory(pieces))
        return pieces.decode()


def run_query(
    store: ox.Store, text: str, bindings: Mapping[str, Binding], prefixes: Mapping[str, str]
) -> QueryResult:
    """Runs a query to its end; see `Store.query`.

    Raises:
        QueryError: The query is wrong, would reach the network, or would change the graph.

    >>> run_query(ox.Store(), "SELECT (1 + 1 AS ?n) {}", {}, {}).rows
    ((2,),)
    """
    _refuse(text)
    values = {name: term_of(item, prefixes) for name, item in bindings.items()}
    with answering(text, prefixes):
        return _bound(store, text, values, prefixes) if values else _answer(store, text, {}, prefixes)


@contextmanager
def answering(
    text: str, prefixes: Mapping[str, str], *, is_update: bool = False, updates: str = NO_UPDATES
) -> Iterator[None]:
    """Gives what the engine says of a query, or an update, as `QueryError`.

    That the files of the graph are damaged goes through as it is. `updates` is what is said of an update that
    was sent as a query.

    >>> with answering("SELECT", {}):
    ...     ox.Store().query("SELECT")
    Traceback (most recent call last):
    kg.errors.QueryError: Line 1, column 7: this is not a SPARQL 1.1 query: name the variables that \
are asked for, or * for all.
    """
    try:
        yield
    except KgError:
        raise
    except SyntaxError as error:
        raise syntax_error(text, error, prefixes, is_update=is_update, updates=updates) from error
    except (RuntimeError, ValueError, OSError) as error:
        if is_of_engine(error):
            raise
        done = "update cannot be made" if is_update else "query cannot be answered"
        raise QueryError(f"The {done}: {error}; correct it.", query=text) from error


def _bound(
    store: ox.Store, text: str, values: Mapping[str, Term], prefixes: Mapping[str, str]
) -> QueryResult:
    opened = open_to(text, values)
    try:
        found = _answer(store, opened.text, values, prefixes).without(opened.hidden)
    except SyntaxError:  # wrong as given, which is told by its lines; or the variable has a value, by AS
        return _answer(store, text, values, prefixes)
    if opened.of_nothing is not None and not found.terms:
        return _answer(store, opened.of_nothing, {}, prefixes)
    return found


def _answer(
    store: ox.Store, text: str, bindings: Mapping[str, Term], prefixes: Mapping[str, str]
) -> QueryResult:
    found = store.query(
        text,
        prefixes=dict(prefixes),
        use_default_graph_as_union=not names_dataset(text, prefixes),
        substitutions={ox.Variable(name): term for name, term in bindings.items()} or None,
    )
    return _result(found)


@lru_cache(maxsize=64)
def _refuse(text: str) -> None:
    """Refuses what must not be run; a query that was let through is not read again."""
    refuse(text)


def term_of(item: Binding, prefixes: Mapping[str, str] = NONE) -> ox.NamedNode | ox.Literal:
    """The RDF term of a Python value; a text becomes a plain literal, an `IRI` the node of that name.

    Args:
        item: The value.
        prefixes: With which an IRI may be shortened.

    Raises:
        QueryError: It is no IRI, or of a type that has no term.

    >>> term_of("NATO").value
    'NATO'
    >>> term_of(IRI("kg:meets"), {"kg": "https://example.org/"}).value
    'https://example.org/meets'
    """
    if isinstance(item, (ox.NamedNode, ox.Literal)):
        return item
    if isinstance(item, IRI):
        return _node(item, prefixes)
    if isinstance(item, bool | str | float):
        return ox.Literal(item)
    for kind, datatype, write in _WRITERS:
        if isinstance(item, kind):
            return ox.Literal(write(item), datatype=datatype)
    raise QueryError(
        f"A {type(item).__name__} cannot be bound to a variable; give a text, number, truth value, date, "
        "time or kg.IRI.",
        query=repr(item),
    )


_WRITERS: tuple[tuple[type, ox.NamedNode, Callable[[Any], str]], ...] = (
    (datetime.datetime, XSD.dateTime, lambda time: time.isoformat()),  # which is a date too
    (datetime.date, XSD.date, lambda day: day.isoformat()),
    (Decimal, XSD.decimal, lambda number: f"{number:f}"),
    (Integral, XSD.integer, lambda number: str(int(number))),  # NumPy's too
)


def _node(iri: IRI, prefixes: Mapping[str, str]) -> ox.NamedNode:
    """The node of an IRI, in full or with one of the prefixes."""
    prefix, colon, rest = iri.partition(":")
    is_short = colon and prefix in prefixes and not rest.startswith("//")
    try:
        return ox.NamedNode(prefixes[prefix] + rest if is_short else iri)
    except ValueError as error:
        raise QueryError(
            f"{str(iri)!r} is not an IRI; give it in full, or with a prefix.", query=iri
        ) from error


def value_of(term: Term | None) -> Value:
    """The Python value of an RDF term.

    >>> value_of(ox.Literal(7)), value_of(ox.NamedNode("https://example.org/"))
    (7, 'https://example.org/')
    """
    if not isinstance(term, ox.Literal):
        text = plain_text(term)
        return None if term is None else IRI(text) if isinstance(term, ox.NamedNode) else text
    read = _READERS.get(term.datatype.value.rpartition("#")[2])
    try:
        return read(term.value) if read else term.value
    except ValueError:  # "a"^^xsd:integer is a term, though not a number
        return term.value


_READERS: Mapping[str, Callable[[str], Value]] = {
    "integer": int,
    "decimal": float,
    "double": float,
    "float": float,
    "boolean": lambda text: text in {"true", "1"},
}


def _result(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> QueryResult:
    if isinstance(found, ox.QueryBoolean):
        return QueryResult(kind="ask", answer=bool(found))
    if isinstance(found, ox.QueryTriples):
        return QueryResult(kind="graph", triples=tuple(dict.fromkeys(found)))
    names = tuple(variable.value for variable in found.variables)
    return QueryResult(
        kind="select",
        variables=names,
        terms=tuple(map(tuple, found)),  # a solution gives its values in the order of the variables
    )
