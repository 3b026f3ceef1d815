"""Problem documents (RFC 9457): what went wrong with a request, where, and what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from kg.errors import KgError

PROBLEM = "application/problem+json"


class ProblemError(KgError):
    """A request that is not answered, with the status that says so.

    Attributes:
        status: The HTTP status.
        detail: What is wrong, where, and what to do.
        extra: Further members of the document, such as `line` and `column`.
        headers: Headers that go with it, such as `Retry-After`.
    """

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        extra: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})

    def document(self) -> dict[str, object]:
        """The members of the document; `type` is left out, which means `about:blank` (section 4.2.1)."""
        return {
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
            **self.extra,
        }

    def response(self) -> Response:
        """The document as an answer."""
        body = json.dumps(self.document(), ensure_ascii=False).encode("utf-8", "replace")
        return Response(body, int(self.status), self.headers, PROBLEM)


def wrong_request(detail: str) -> ProblemError:
    """A request that cannot be answered as it is (400).

    >>> wrong_request("There is no query; send one.").document()["status"]
    400
    """
    return ProblemError(HTTPStatus.BAD_REQUEST, detail)
