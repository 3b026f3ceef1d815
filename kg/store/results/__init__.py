"""Results of queries as documents: solutions, answers and graphs, no further than the limits of who asks."""

from __future__ import annotations

from kg.store.results.graphs import write_triples, write_graph
from kg.store.results.output import Cut, Out, Written, in_memory
from kg.store.results.solutions import SOLUTION_FORMATS, write_answer, write_solutions

__all__ = [
    "SOLUTION_FORMATS",
    "Cut",
    "Out",
    "Written",
    "write_triples",
    "in_memory",
    "write_answer",
    "write_graph",
    "write_solutions",
]
