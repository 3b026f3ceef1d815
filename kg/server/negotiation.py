"""Which format an answer gets: what the client takes (RFC 9110, section 12), of what we have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType

from kg.server.problems import ProblemError


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaType:
    """A media type, or a range of them.

    >>> MediaType.read('text/CSV; header="present"')
    MediaType(name='text/csv', parameters=(('header', 'present'),))
    """

    name: str
    """In small letters: `text/csv`, `text/*`, `*/*`."""
    parameters: tuple[tuple[str, str], ...] = ()
    """Without `q`; names in small letters."""

    @classmethod
    def read(cls, text: str) -> MediaType | None:
        """The media type of a header such as `Content-Type`; None where the text is none."""
        name, *parts = _split(text, ";")
        name = name.strip().lower()
        pairs = tuple(_parameters(parts))
        return cls(name=name, parameters=pairs) if _TYPE.fullmatch(name) else None

    def parameter(self, name: str) -> str | None:
        """The value of a parameter, in small letters; None where there is none."""
        return next((value.lower() for key, value in self.parameters if key == name), None)


_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+|[\w!#$&^.+-]+/\*|\*/\*", re.ASCII)
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_UTF8 = frozenset({"utf-8", "utf8"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A range that a client takes."""

    range: MediaType
    quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that we have.

    Attributes:
        name: How the writers call it.
    """

    name: str
    media_type: str
    others: tuple[str, ...] = ()
    """More general or older names of it, which are answered to where they are asked for."""
    parameters: str = ""
    """What the header `Content-Type` says beside."""
    shorts: tuple[str, ...] = ()
    """What it is called as the parameter `format`, beside its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What an answer is written in."""

    format: str
    content_type: str


_XML = ("application/xml", "text/xml")
_JSON = Format(
    name="json", media_type="application/sparql-results+json", others=("application/json",), shorts=("srj",)
)
_RESULTS_XML = Format(name="xml", media_type="application/sparql-results+xml", others=_XML, shorts=("srx",))
_CSV = Format(name="csv", media_type="text/csv", parameters="; charset=utf-8; header=present")
_TSV = Format(
    name="tsv", media_type="text/tab-separated-values", parameters="; charset=utf-8; header=present"
)
_TURTLE = Format(
    name="ttl", media_type="text/turtle", parameters="; charset=utf-8", shorts=("turtle", "n3"),
    others=("application/x-turtle", "application/turtle", "text/n3"),
)  # fmt: skip
_GRAPHS = (
    _TURTLE,
    Format(
        name="jsonld", media_type="application/ld+json", others=("application/json",),
        shorts=("json-ld", "json"),
    ),
    Format(
        name="nt", media_type="application/n-triples", others=("text/plain",),
        shorts=("ntriples", "n-triples"),
    ),
    Format(name="trig", media_type="application/trig", others=("application/x-trig",)),
    Format(
        name="nq", media_type="application/n-quads", others=("text/x-nquads",), shorts=("nquads", "n-quads")
    ),
    Format(
        name="rdfxml", media_type="application/rdf+xml", others=_XML,
        shorts=("rdf", "rdf+xml", "rdf/xml", "xml"),
    ),
)  # fmt: skip

RESULT_FORMATS: Mapping[str, tuple[Format, ...]] = MappingProxyType(
    {
        "select": (_JSON, _RESULTS_XML, _CSV, _TSV),
        "ask": (_JSON, _RESULTS_XML, _CSV, _TSV),
        "graph": _GRAPHS,
    }
)
"""What each kind of result can be written in, what we rather give first."""


def choose(formats: Sequence[Format], accept: str | None, override: str | None = None) -> Chosen:
    """The format that suits a client best.

    Of what it takes equally, it gets what it names more exactly, then what comes first here.

    Args:
        formats: Those that we have.
        accept: The header `Accept`, several joined by commas; None where there is none.
        override: A short name or media type that goes before it, as the parameter `format` gives it.

    Raises:
        ProblemError: 406; we have none that it takes.

    >>> choose(RESULT_FORMATS["select"], "text/csv;q=0.5, application/xml").content_type
    'application/xml'
    """
    if override:
        return _named(formats, override)
    wanted = read_accept(accept)
    found = [pair for format_ in formats for pair in _ranked(format_, wanted)]
    if not found:
        raise _unacceptable(formats, f"Accept: {accept}")
    return max(found, key=lambda pair: pair[0])[1]


def read_accept(accept: str | None) -> list[Wanted]:
    """What a header `Accept` takes; anything where it is not there or nothing in it can be read.

    >>> [(one.range.name, one.quality) for one in read_accept("text/*;q=0.5, nonsense, */*;q=0")]
    [('text/*', 0.5), ('*/*', 0.0)]
    """
    wanted = [one for part in _split(accept or "", ",") if (one := _wanted(part)) is not None]
    names = {one.range.name for one in wanted}
    if {"text/html", "*/*"} <= names:  # a browser, which takes XML as the source of pages only
        wanted = [one for one in wanted if one.range.name not in _XML]
    return wanted or [Wanted(range=MediaType(name="*/*"), quality=1.0)]


def _wanted(part: str) -> Wanted | None:
    found = MediaType.read(part)
    if found is None:
        return None
    weights = [value for name, value in found.parameters if name == "q"]
    if weights and not _QUALITY.fullmatch(weights[0]):
        return None
    others = tuple(pair for pair in found.parameters if pair[0] != "q")
    quality = float(weights[0]) if weights else 1.0
    return Wanted(range=MediaType(name=found.name, parameters=others), quality=quality)


def _ranked(format_: Format, wanted: Sequence[Wanted]) -> Iterator[tuple[tuple[float, int], Chosen]]:
    """The names by which a client takes a format, with how much it does, and how exactly it named it."""
    for name in (format_.media_type, *format_.others):
        fits = [(_exactness(one.range, name), one) for one in wanted]
        exactness, best = max(fits, key=lambda pair: pair[0])
        is_general = name != format_.media_type and exactness < _EXACT  # which no wildcard means
        if exactness and best.quality and not is_general:
            is_text = name.startswith("text/") and not format_.parameters
            content_type = name + ("; charset=utf-8" if is_text else format_.parameters)
            yield (best.quality, exactness), Chosen(format=format_.name, content_type=content_type)


_EXACT = 3


def _exactness(range_: MediaType, name: str) -> int:
    """How exactly a range names a media type (section 12.5.1); 0 where it does not."""
    if range_.parameter("charset") not in {None, *_UTF8} or range_.parameter("header") == "absent":
        return 0
    if range_.name == name:
        return _EXACT + len(range_.parameters)
    if range_.name == "*/*":
        return 1
    return 2 if range_.name == name.partition("/")[0] + "/*" else 0


def _named(formats: Sequence[Format], override: str) -> Chosen:
    name = override.strip().lower().replace(" ", "+")  # what a plus that is not escaped becomes in a form
    for format_ in formats:
        if name in {format_.name, *format_.shorts, format_.media_type, *format_.others}:
            return Chosen(format=format_.name, content_type=format_.media_type + format_.parameters)
    raise _unacceptable(formats, f"format={override}")


def _unacceptable(formats: Sequence[Format], asked: str) -> ProblemError:
    types = [format_.media_type for format_ in formats]
    names = ", ".join(f"{format_.media_type} ({format_.name})" for format_ in formats)
    return ProblemError(
        HTTPStatus.NOT_ACCEPTABLE,
        f"This result cannot be had as {asked[:200]!r}; ask for one of {names}, by Accept or, by the name in "
        "brackets, by the parameter format.",
        extra={"available": types},
        headers={"Vary": "Accept"},
    )


def _split(text: str, separator: str) -> list[str]:
    """A header's parts; separators within quotes are none."""
    return [
        part for part in re.findall(rf'(?:[^{separator}"]|"(?:[^"\\]|\\.)*+"?)++', text) if part.strip()
    ] or [""]


def _parameters(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        name, _, value = part.partition("=")
        value = value.strip()
        if value[:1] == '"':
            value = re.sub(r"\\(.)", r"\1", value.strip('"'))
        if name.strip():
            yield name.strip().lower(), value
