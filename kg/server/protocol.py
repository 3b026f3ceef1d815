"""Reads requests of the SPARQL 1.1 Protocol (W3C 2013): what is asked, of which dataset, and how."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.requests import Request

from kg.server.bodies import UTF8, read_body
from kg.server.negotiation import MediaType
from kg.server.problems import ProblemError, wrong_request
from kg.server.settings import Limits

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_BODIES: Mapping[str, str] = {QUERY: "query", UPDATE: "update"}
_MOST_PARAMETERS = 1_000
"""Graphs of a dataset, mostly; each is an argument of the engine."""
_SHORTEST = 0.1
"""Seconds: the least that a request gets, since one that ends its worker costs a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What a request says in its URL, and in its body if that is a form, or a query or update itself."""

    values: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str | None:
        """The only value of a parameter; None where it is not there.

        Raises:
            ProblemError: There are several.
        """
        found = self.values.get(name, ())
        if len(found) > 1:
            raise wrong_request(f"There are {len(found)} parameters `{name}`; send one.")
        return found[0] if found else None

    def first(self, names: Sequence[str]) -> str | None:
        """The first value of the first of these parameters that is there; None where none is."""
        return next((value for name in names for value in self.values.get(name, ())), None)

    def iris(self, name: str) -> tuple[str, ...]:
        """The values of a parameter that are IRIs of graphs.

        Raises:
            ProblemError: One is no absolute IRI.
        """
        found = tuple(dict.fromkeys(self.values.get(name, ())))
        for iri in found:
            try:
                ox.NamedNode(iri)
            except ValueError as error:
                raise wrong_request(
                    f"`{name}` is {iri[:200]!r}, which is no absolute IRI ({error})."
                ) from error
        return found

    def seconds(self, limit: float) -> float | None:
        """The time that the client gives, within 0.1 s and ours; None where it gives none.

        Raises:
            ProblemError: It is no positive number, or no finite one.
        """
        text = self.one("timeout")
        if not text:
            return None
        try:
            seconds = float(text)
        except ValueError:
            seconds = math.nan
        if not 0 < seconds < math.inf:
            raise wrong_request(f"`timeout` is {text[:50]!r}; give a number of seconds, such as 2.5.")
        return min(max(seconds, _SHORTEST), limit)


async def read_parameters(request: Request, limits: Limits, *, bodies: Sequence[str]) -> Parameters:
    """What a request says.

    Args:
        request: The request.
        limits: How long its body may be.
        bodies: Media types that its body may have beside a form's.

    Raises:
        ProblemError: It is not UTF-8 (400), too large (413), or of another media type (415).
    """
    pairs = _pairs(bytes(request.scope["query_string"]), "The URL")
    if request.method == "POST":
        type_ = _body_type(request, bodies)
        body = await read_body(request, limits.body)
        if type_ == FORM:
            pairs += _pairs(body, "The body")
        else:
            pairs.append((_BODIES[type_], _decoded(body, "The body").removeprefix("\ufeff")))
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return Parameters(values=values)


def _body_type(request: Request, bodies: Sequence[str]) -> str:
    given = request.headers.get("content-type")
    found = MediaType.read(given or "")
    if found is None or found.name not in {FORM, *bodies}:
        said = "has no Content-Type" if not given else f"has the Content-Type {given[:100]!r}"
        raise _unsupported(f"The body {said}; send {' or '.join([FORM, *bodies])}.", bodies)
    charset = found.parameter("charset")
    if charset not in {None, *UTF8}:
        raise _unsupported(f"The body is in {charset[:50]!r}; send UTF-8." if charset else "", bodies)
    return found.name


def _pairs(encoded: bytes, place: str) -> list[tuple[str, str]]:
    """The names and values of a form (WHATWG URL, section 5.1), where all must be UTF-8."""
    text = _decoded(encoded, place)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError as error:
        raise _not_utf8(place) from error
    except ValueError as error:
        raise wrong_request(f"{place} has over {_MOST_PARAMETERS} parameters; send fewer.") from error


def _decoded(encoded: bytes, place: str) -> str:
    try:
        return encoded.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(place) from error


def _not_utf8(place: str) -> ProblemError:
    return wrong_request(f"{place} is not UTF-8; encode it so.")


def _unsupported(detail: str, bodies: Sequence[str]) -> ProblemError:
    accepted = ", ".join([FORM, *bodies])
    return ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, headers={"Accept-Post": accepted})
