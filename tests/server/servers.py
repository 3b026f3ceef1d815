"""A server in a process of its own, to be killed."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).parents[2]
CODE = """
import sys
from pathlib import Path
from kg.server import Settings, serve
settings = Settings(graph=Path(sys.argv[1]), port=int(sys.argv[2]), workers=2)
serve(settings, on_start=lambda url: print(url, flush=True))
"""


class Served:
    """A server's process."""

    def __init__(self, graph, *, port=0):
        self.graph = graph
        self.process = subprocess.Popen(
            [sys.executable, "-c", CODE, str(graph), str(port)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self.url = self.process.stdout.readline().strip()

    def below(self):
        """The processes that it started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number):
        """Its exit status after a signal; what it started ends with it."""
        below = self.below()
        self.process.send_signal(number)
        status = self.process.wait(30)
        self.process.stdout.close()
        _, alive = psutil.wait_procs(below, timeout=5)
        assert not alive
        return status

    def count(self):
        """How many statements the server sees, by its answer."""
        query = {"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"}
        answer = httpx.get(f"{self.url}sparql", params=query, timeout=30)
        answer.raise_for_status()
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])


@contextmanager
def served(graph, *, port=0):
    server = Served(graph, port=port)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()
            server.process.stdout.close()


class Load:
    """Clients that ask all the time, and what they saw: which status, which count."""

    def __init__(self, server, clients=6):
        self.seen = []
        self._times = []
        self._server = server
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(clients)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self):
        query = {"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"}
        with httpx.Client(base_url=self._server.url, timeout=30) as client:
            while not self._is_over.is_set():
                try:
                    answer = client.get("sparql", params=query)
                except httpx.TransportError:
                    self._note(0, None)
                    time.sleep(0.01)
                    continue
                count = answer.json()["results"]["bindings"][0]["n"]["value"] if answer.is_success else None
                self._note(answer.status_code, count and int(count))
                time.sleep(random.uniform(0, 0.01))

    def _note(self, status, count):
        self.seen.append((status, count))
        self._times.append((time.monotonic(), status))

    def outage(self):
        """The most seconds in which nobody was answered, between the first answer and the last."""
        answered = sorted(at for at, status in self._times if status == 200)
        return max((later - earlier for earlier, later in pairwise(answered)), default=0.0)

    def statuses(self):
        return {status for status, _ in self.seen}

    def counts(self):
        return {count for status, count in self.seen if status == 200}
