"""A pool without processes: what workers and the writer do, done here, on a store in memory."""

from __future__ import annotations

import io
from http import HTTPStatus
from pathlib import Path

from starlette.testclient import TestClient

from kg.errors import QueryError
from kg.server import Settings
from kg.server.app import create_app
from kg.server.operations import CHANGES, OPERATIONS, Opened
from kg.server.pool import Answer, Pool
from kg.server.problems import ProblemError
from kg.store import Store
from kg.store.results import Out

TOKEN = "only-for-tests-of-updates"  # it opens nothing


class InlinePool(Pool):
    """Does tasks at once; remembers the last."""

    def __init__(self, settings, store):
        super().__init__(settings)
        self.store = store
        self.last = None

    async def start(self):
        pass

    async def close(self):
        pass

    async def ask(self, task):
        return self._do(OPERATIONS, task)

    async def change(self, task):
        return self._do(CHANGES, task)

    def _do(self, operations, task):
        self.last = task
        body, limits = io.BytesIO(), self.settings.limits
        out = Out(body.write, rows=limits.rows, size=limits.result)
        try:
            meta = operations[task.operation](Opened(self.store, self.settings), task.arguments, out)
        except QueryError as error:  # no other error is the client's
            place = {"line": error.line, "column": error.column} if error.line else {}
            raise ProblemError(HTTPStatus.BAD_REQUEST, str(error), extra=place) from error
        body.seek(0)
        return Answer(meta=meta, body=body, size=out.written)


def client_of(store=None, *, token=TOKEN, **options):
    """A client of an application that serves a store in memory; the client has the token."""
    store = store or Store.in_memory()
    settings = Settings(graph=Path("graph"), token=TOKEN, **options)
    app = create_app(settings, InlinePool(settings, store))
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return TestClient(app, base_url="http://localhost", headers=headers, follow_redirects=False)
