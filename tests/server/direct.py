"""A server without processes: tasks run at once on a store in memory, so that all of the protocol is seen."""

import io
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from starlette.testclient import TestClient

from kg.errors import KgError
from kg.server import Settings, outcomes
from kg.server.app import create_app
from kg.server.operations import CHANGES, OPERATIONS, Opened
from kg.server.pool import Answer, Pool
from kg.server.problems import ProblemError
from kg.store import Store
from kg.store.results import Out

TOKEN = "a-token-of-these-tests"


class DirectPool(Pool):
    """Does what it is asked at once."""

    def __init__(self, settings, store):
        super().__init__(settings)
        self.store = store
        self.changes = 0
        self.last = None

    @property
    def generation(self):
        """Names the state of the store."""
        return str(self.changes)

    async def start(self):
        """Nothing to start."""

    async def close(self):
        """Nothing to end."""

    async def ask(self, task):
        """The result of a task."""
        return self._answer(OPERATIONS[task.operation], task)

    async def change(self, task):
        """The result of a change, which is seen by whoever asks next."""
        if task.known is not None and self.generation not in task.known:
            raise outcomes.changed()
        answer = self._answer(CHANGES[task.operation], task)
        self.changes += 1
        return answer

    def _answer(self, operation, task):
        self.last = task
        body = io.BytesIO()
        out = Out(body.write, rows=self.settings.limits.rows, size=self.settings.limits.result)
        try:
            meta = operation(Opened(self.store, self.settings), task.arguments, out)
        except ProblemError:
            raise
        except KgError as error:
            place = {name: value for name in ("line", "column") if (value := getattr(error, name, None))}
            raise ProblemError(HTTPStatus.BAD_REQUEST, str(error), extra=place) from error
        body.seek(0)
        return Answer(meta=meta, body=body, size=out.written, generation=self.generation)


@contextmanager
def direct_client(store=None, *, is_writable=True, **options):
    """A client of a server of a store in memory, and its pool; it sends the token where it can write."""
    settings = Settings(
        graph=Path("graph"), is_writable=is_writable, token=TOKEN if is_writable else None, **options
    )
    pool = DirectPool(settings, store or Store.in_memory())
    app = create_app(settings, pool)
    headers = {"Authorization": f"Bearer {TOKEN}"} if is_writable else {}
    with TestClient(app, base_url="http://localhost", headers=headers) as client:
        client.pool = pool
        yield client
