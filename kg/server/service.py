"""Where the service tells of itself: `/sparql` without a query, and the address that VoID gives."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from kg.server.answering import asked, reply
from kg.server.conditions import etag, is_known
from kg.server.negotiation import RESULT_FORMATS, choose, read_accept
from kg.server.pool import Pool, Task

WELL_KNOWN = "/.well-known/void"
"""Where the description is to be had beside `/sparql` (VoID, section 7.2)."""


async def description(request: Request) -> Response:
    """Describes the service, in the format that the client takes; to a browser as a plain text."""
    pool: Pool = request.app.state.pool
    accept = ", ".join(request.headers.getlist("accept"))
    is_browser = any(one.range.name == "text/html" and one.quality for one in read_accept(accept))
    if is_browser:
        accept = "text/turtle"
    chosen = choose(
        RESULT_FORMATS["graph"],
        accept or None,
        request.query_params.get("format") or request.query_params.get("output"),
    )
    endpoint = f"{request.url.scheme}://{request.url.netloc}/sparql"
    headers = {
        "ETag": f"W/{etag(pool.generation, chosen.format)}",
        "Vary": "Accept, Host",
        "Cache-Control": "no-cache",
    }
    if is_known(request.headers, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    arguments = {"endpoint": endpoint, "format": chosen.format, "generation": pool.generation}
    answer = await asked(request, Task(operation="describe_service", arguments=arguments))
    headers["ETag"] = f"W/{etag(answer.generation, chosen.format)}"
    content_type = "text/plain; charset=utf-8" if is_browser else chosen.content_type
    return reply(request, answer, headers=headers | {"Content-Type": content_type})
