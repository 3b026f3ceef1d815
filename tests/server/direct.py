"""A server of a store in memory, without processes, whose state has a name: all of the protocol is seen."""

from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from starlette.testclient import TestClient
from tests.server.inline import InlinePool

from kg.errors import ImportedError
from kg.server import Settings
from kg.server.app import create_app
from kg.server.problems import ProblemError
from kg.store import Store

TOKEN = "a-token-of-these-tests"


class DirectPool(InlinePool):
    """Does what it is asked at once, and counts the changes."""

    changes = 0
    last = None
    """The task that was asked last."""

    @property
    def generation(self):
        """Names the state of the store."""
        return str(self.changes)

    async def change(self, task):
        """The result of a change, which is seen by whoever asks next."""
        answer = await super().change(task)
        self.changes += 1
        return answer

    def _do(self, operations, task):
        self.last = task
        try:
            return replace(super()._do(operations, task), generation=self.generation)
        except ImportedError as error:
            place = {"line": error.line, "column": error.column} if error.line else {}
            raise ProblemError(HTTPStatus.BAD_REQUEST, str(error), extra=place) from error


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
