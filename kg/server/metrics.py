"""Metrics in the text format of Prometheus, at `/metrics`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from kg.server.health import PoolState
from kg.server.logs import Seen

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Others are counted together, so that no client makes series at will."""
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""Upper ends of the classes of durations: from what HTTP itself costs to beyond the usual time limit."""
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Metrics:
    """Counts what a server does; each has its own registry, so that several can run in one process."""

    def __init__(self, state: Callable[[], PoolState]) -> None:
        """Starts to count.

        Args:
            state: Gives how the workers are; asked whenever the metrics are.
        """
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "kg_requests",
            "Requests that have ended.",
            ("route", "method", "status", "outcome"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "kg_request_seconds",
            "How long requests took, the wait for a worker included.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._waits = Histogram(
            "kg_wait_seconds",
            "How long requests waited for a worker.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._bytes = Counter(
            "kg_answer_bytes", "Bytes of answers' bodies.", ("route",), registry=self.registry
        )
        self._truncated = Counter(
            "kg_truncated_results", "Results cut at the limit of rows or bytes.", registry=self.registry
        )
        ProcessCollector(registry=self.registry)
        self.registry.register(_PoolCollector(state))

    def see(self, seen: Seen) -> None:
        """Counts a request that has ended."""
        method = seen.method if seen.method in _METHODS else "other"
        self._requests.labels(seen.route, method, str(seen.status), seen.outcome).inc()
        self._seconds.labels(seen.route).observe(seen.seconds)
        self._bytes.labels(seen.route).inc(seen.size)
        if seen.waited is not None:
            self._waits.observe(seen.waited)
        if seen.outcome == "truncated":
            self._truncated.inc()


async def metrics(request: Request) -> Response:
    """Answers with all metrics, in the format that is asked for."""
    write, kind = choose_encoder(request.headers.get("accept", ""))
    found: Metrics = request.app.state.metrics
    return Response(write(found.registry), headers={"Content-Type": kind, "Cache-Control": "no-store"})


class _PoolCollector(Collector):
    """What is read from the pool when it is asked for."""

    def __init__(self, state: Callable[[], PoolState]) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        state = self._state()
        yield GaugeMetricFamily("kg_workers", "Workers that are ready or at work.", value=state.workers)
        yield GaugeMetricFamily("kg_workers_busy", "Workers that are at work.", value=state.busy)
        yield GaugeMetricFamily("kg_queue_length", "Requests that wait for a worker.", value=state.waiting)
        yield CounterMetricFamily(
            "kg_generation_swaps", "Newer states of the graph that were taken.", value=state.swaps
        )
        if state.age is not None:
            yield GaugeMetricFamily(
                "kg_generation_age_seconds",
                "Seconds since the state that is served was taken.",
                value=state.age,
            )
        restarts = CounterMetricFamily(
            "kg_worker_restarts", "Workers that were replaced, by reason.", labels=("reason",)
        )
        for reason, count in sorted(state.restarts.items()):
            restarts.add_metric((reason,), count)
        yield restarts
        memory = sum(map(_resident, state.processes))
        yield GaugeMetricFamily("kg_workers_resident_bytes", "Memory that the workers use.", value=memory)


def _resident(process: int) -> int:
    """Bytes in memory of a process; 0 where it is gone, or the system does not tell."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * _PAGE
    except (OSError, ValueError):
        return 0
