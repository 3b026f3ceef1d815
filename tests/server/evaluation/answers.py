"""Reads answers, from whatever they are written in, and tells whether two are the same."""

import csv
import io
from collections import Counter
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from tests.server.evaluation.cases import PREFIXES

EX, XSD = "http://example.org/", "http://www.w3.org/2001/XMLSchema#"
UNBOUND = ox.NamedNode(f"{EX}unbound")
ROW, COUNT, PLACE = (ox.NamedNode(f"urn:x-row:{name}") for name in ("row", "count", "place"))
NUMERIC = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float")}
TURTLE_PREFIXES = PREFIXES.replace("PREFIX ", "@prefix ").replace(">\n", "> .\n")


def rows_of(solutions):
    """The variables and rows of solutions of the engine, or of a document that it read."""
    names = [variable.value for variable in solutions.variables]
    return names, [tuple(row[name] for name in names) for row in solutions]


def rows_by_hand(text):
    """Rows as lines of Turtle terms."""
    return [tuple(None if term == UNBOUND else term for term in _terms(line)) for line in text.splitlines()]


def _terms(line):
    store = ox.Store()
    store.load(f"{TURTLE_PREFIXES}:row :is ( {line} ) .".encode(), ox.RdfFormat.TURTLE)
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    (at,) = [quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(f"{EX}is"), None)]
    while at != ox.NamedNode(f"{rdf}nil"):
        (first,) = store.quads_for_pattern(at, ox.NamedNode(f"{rdf}first"), None)
        (rest,) = store.quads_for_pattern(at, ox.NamedNode(f"{rdf}rest"), None)
        yield first.object
        at = rest.object


def graph_by_hand(text):
    """The triples of a Turtle text."""
    return [quad.triple for quad in ox.parse(f"{TURTLE_PREFIXES}{text}".encode(), ox.RdfFormat.TURTLE)]


def by_value(rows):
    """Rows with numbers as they are valued, since one number can be written in several ways."""
    return [tuple(map(_valued, row)) for row in rows]


def _valued(term):
    if not isinstance(term, ox.Literal) or term.datatype.value not in NUMERIC:
        return term
    try:
        value = str(Decimal(term.value).normalize())
    except InvalidOperation:
        value = term.value
    return ox.Literal(value, datatype=term.datatype)


def same_rows(one, other, *, is_ordered):
    """Whether two lists of rows are the same up to the names of blank nodes; as lists, or as multisets."""
    return len(one) == len(other) and _as_graph(one, is_ordered) == _as_graph(other, is_ordered)


def _as_graph(rows, is_ordered):
    """Rows as a graph in canonical form (RDFC-1.0), which knows about blank nodes."""
    dataset = ox.Dataset()
    counted = Counter((row, place if is_ordered else 0) for place, row in enumerate(rows))
    for (row, place), count in counted.items():
        node = ox.BlankNode()
        dataset.add(ox.Quad(node, COUNT, ox.Literal(count)))
        dataset.add(ox.Quad(node, PLACE, ox.Literal(place)))
        for number, term in enumerate(row):
            if term is not None:
                dataset.add(ox.Quad(node, ox.NamedNode(f"urn:x-row:{number}"), term))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def same_triples(one, other):
    """Whether two lists of triples are the same graph up to the names of blank nodes."""
    graphs = []
    for triples in (one, other):
        graph = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        graphs.append(graph)
    return graphs[0] == graphs[1]


def csv_rows(body):
    """The header and the rows of a CSV document, as texts."""
    header, *rows = csv.reader(io.StringIO(body.decode(), newline=""))
    return header, rows


def csv_texts(rows):
    """Rows as CSV says them, without kinds of terms (SPARQL 1.1 Query Results CSV and TSV, section 3)."""
    return [tuple(_text(term) for term in row) for row in rows]


def _text(term):
    if term is None:
        return ""
    return "_:" if isinstance(term, ox.BlankNode) else term.value
