"""What is said of tasks that have no result: why, and what to do."""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Mapping
from http import HTTPStatus

from kg.server.problems import ProblemError
from kg.server.settings import MEBI, Limits

SOON = 1
"""Seconds after which to try again where a worker is being replaced, or the graph is being written."""

_STATUSES: Mapping[str, HTTPStatus] = {
    "StoreError": HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Errors of operations that are not the client's; all others are."""


def refusal(said: Mapping[str, object]) -> ProblemError:
    """What an operation refused, as a worker tells it.

    >>> refusal({"kind": "QueryError", "detail": "Line 1: …", "extra": {"line": 1}}).document()["line"]
    1
    """
    status = said.get("status") or _STATUSES.get(str(said["kind"]), HTTPStatus.BAD_REQUEST)
    extra, headers = said.get("extra"), said.get("headers")
    if status is HTTPStatus.SERVICE_UNAVAILABLE and headers is None:
        headers = {"Retry-After": str(SOON)}
    return ProblemError(
        HTTPStatus(status),  # type: ignore[arg-type]  # a number
        str(said["detail"]),
        extra=extra if isinstance(extra, dict) else None,
        headers=headers if isinstance(headers, dict) else None,
    )


def overdue(seconds: float) -> ProblemError:
    """The time limit."""
    return ProblemError(
        HTTPStatus.GATEWAY_TIMEOUT,
        f"This took longer than {seconds:g} s and was stopped; ask for less: add a LIMIT, bind more terms, "
        "or join patterns by shared variables.",
    )


def out_of_memory(limits: Limits) -> ProblemError:
    """The memory limit."""
    return ProblemError(
        HTTPStatus.INSUFFICIENT_STORAGE,
        f"This took more memory than {math.ceil(limits.memory / MEBI)} MiB and was stopped; ask for less: "
        "sort or group fewer rows, or make shorter texts.",
    )


def too_deep() -> ProblemError:
    """A recursion that ended the process."""
    return ProblemError(
        HTTPStatus.BAD_REQUEST,
        "This is nested too deep for the engine, or met a fault of it, which ended the work on it; make it "
        "simpler, with fewer levels and shorter paths.",
    )


def full(waiting: int, seconds: float) -> ProblemError:
    """A queue without room."""
    return _busy(f"All workers are busy and {waiting} requests wait already", seconds)


def greedy(waiting: int, seconds: float) -> ProblemError:
    """A client that has its share of the queue."""
    return ProblemError(
        HTTPStatus.TOO_MANY_REQUESTS,
        f"{waiting} requests from your address wait already; send fewer at a time, or try again in "
        f"{seconds:.0f} s.",
        headers={"Retry-After": f"{seconds:.0f}"},
    )


def waited(seconds: float) -> ProblemError:
    """No worker came free in time."""
    return _busy(f"No worker came free within {seconds:g} s", SOON)


def lost() -> ProblemError:
    """A worker that somebody else killed, and another after it."""
    return _busy("The worker on this request was killed from outside, perhaps for want of memory", SOON)


def locked() -> ProblemError:
    """A graph that another process writes to."""
    return unwritable("Another process writes to the graph, such as a build; try again when it has ended.")


def unwritable(detail: str) -> ProblemError:
    """A graph that cannot be written to now."""
    return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": str(SOON)})


def changed() -> ProblemError:
    """A change whose client does not know the graph as it is."""
    return ProblemError(
        HTTPStatus.PRECONDITION_FAILED,
        "The graphs were changed since the tag of If-Match was given; get yours again, then change it.",
    )


def unseen(reason: str) -> ProblemError:
    """A change that was made, and that nobody sees yet."""
    return ProblemError(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        f"The change was made, so do not send it again; what is served is the state before it: {reason}",
    )


def closing() -> ProblemError:
    """A server that ends."""
    return _busy("The server is ending", SOON)


def no_room(reason: str) -> ProblemError:
    """A disk that cannot take the result."""
    return ProblemError(
        HTTPStatus.INSUFFICIENT_STORAGE,
        f"The server has no room to keep the result until it is sent ({reason}); ask for less.",
    )


def faulty() -> ProblemError:
    """A fault of ours."""
    return ProblemError(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "A fault of the server ended the work on this request; its log says more. Please report it with the "
        "request; to send the same again will not help.",
    )


def of_status(status: int | None, limits: Limits, seconds: float) -> ProblemError | None:
    """Why a worker ended during a task, by its status as of waitpid(2); None where somebody killed it."""
    code = None if status is None else os.waitstatus_to_exitcode(status)
    if code is None or code == -signal.SIGKILL:
        return None
    if code in {-signal.SIGALRM, -signal.SIGXCPU}:
        return overdue(seconds)
    if code == -signal.SIGABRT:
        return out_of_memory(limits)
    return too_deep() if code in {-signal.SIGSEGV, -signal.SIGBUS} else faulty()


def word(problem: ProblemError) -> str:
    """Why a worker ended, in a word for the metrics.

    >>> word(overdue(1)), word(too_deep())
    ('time', 'depth')
    """
    return _WORDS.get(problem.status, "fault")


_WORDS: Mapping[HTTPStatus, str] = {
    HTTPStatus.GATEWAY_TIMEOUT: "time",
    HTTPStatus.INSUFFICIENT_STORAGE: "memory",
    HTTPStatus.BAD_REQUEST: "depth",
}


def _busy(what: str, seconds: float) -> ProblemError:
    return ProblemError(
        HTTPStatus.SERVICE_UNAVAILABLE,
        f"{what}; try again in {seconds:.0f} s.",
        headers={"Retry-After": f"{seconds:.0f}"},
    )
