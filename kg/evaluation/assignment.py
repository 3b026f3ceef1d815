"""The best one-to-one assignment (Kuhn 1955; the shortest augmenting paths of Jonker and Volgenant 1987)."""

from __future__ import annotations

import math
from collections.abc import Sequence

Table = Sequence[Sequence[float]]


def best_assignment(values: Table) -> list[tuple[int, int]]:
    """Pairs of row and column, each used once at most, whose values have the greatest sum; by row.

    As many pairs as the shorter side has. Cost: cubic.

    >>> best_assignment([[0.9, 0.8], [0.8, 0.1]])
    [(0, 1), (1, 0)]
    """
    if not values or not values[0]:
        return []
    if len(values) > len(values[0]):
        turned = best_assignment(list(zip(*values, strict=True)))
        return sorted((row, column) for column, row in turned)
    columns = len(values[0])
    row_potential = [0.0] * len(values)
    column_potential = [0.0] * columns
    row_of: list[int | None] = [None] * columns
    for row in range(len(values)):
        _augment(values, row, row_of, (row_potential, column_potential))
    return sorted((row, column) for column, row in enumerate(row_of) if row is not None)


def _augment(
    values: Table, row: int, row_of: list[int | None], potentials: tuple[list[float], list[float]]
) -> None:
    """Give one more row its column, along the shortest path of changes."""
    rows, columns = potentials
    shortest = [math.inf] * len(columns)
    previous: list[int | None] = [None] * len(columns)
    done: dict[int, None] = {}
    current: int | None = row
    column: int | None = None
    reached = 0.0
    while current is not None:
        for other in range(len(columns)):
            cost = reached - values[current][other] - rows[current] - columns[other]
            if other not in done and cost < shortest[other]:
                shortest[other], previous[other] = cost, column
        column = min((c for c in range(len(columns)) if c not in done), key=lambda c: shortest[c])
        reached = shortest[column]
        done[column] = None
        current = row_of[column]
    rows[row] += reached
    for settled in list(done)[:-1]:
        holder = row_of[settled]
        if holder is not None:
            rows[holder] += reached - shortest[settled]
        columns[settled] -= reached - shortest[settled]
    while column is not None:
        before = previous[column]
        row_of[column] = row if before is None else row_of[before]
        column = before
