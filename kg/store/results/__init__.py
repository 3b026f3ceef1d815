"""Results of queries as documents: solutions, answers and graphs, no further than the limits of who asks."""

from __future__ import annotations

from kg.store.results.cutting import write_found
from kg.store.results.graphs import write_graph, write_triples
from kg.store.results.json_format import marked_json
from kg.store.results.output import Cut, Out, Written, in_memory
from kg.store.results.solutions import SOLUTION_FORMATS, write_answer, write_solutions

__all__ = [
    "SOLUTION_FORMATS",
    "Cut",
    "Out",
    "Written",
    "in_memory",
    "marked_json",
    "write_answer",
    "write_found",
    "write_graph",
    "write_solutions",
    "write_triples",
]
