"""Waits for what a page's scripts can see, without `eval`, which the pages' policy forbids."""

from __future__ import annotations

import time

PATIENCE = 10.0
"""Seconds."""


def until(page, expression: str, argument: object = None) -> None:
    """Waits until an expression of JavaScript holds, or a function of an argument.

    Raises:
        AssertionError: It does not within some seconds.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)
