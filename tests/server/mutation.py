"""Makes SPARQL queries and HTTP requests, and spoils them: the same ones for the same number."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

_NAMES = ("?s", "?p", "?o", "?x", "$y", "?service")
_IRIS = ("<https://a.example/a>", "e:b", ":c", "rdfs:label", "a", "e:service", "<../x#y>")
_LITERALS = (
    '"Ana"', "'Bo'@en", '"1"^^xsd:integer', "-7", "3.5e-2", "true", '"""a "b" \\u00e9"""', "''", "0.1",
    "1e400",
    '"x"^^e:odd', '"9999999999999999999"^^xsd:integer', '"2020-02-30"^^xsd:date', "'\\u0000'",
)  # fmt: skip
_FUNCTIONS = (
    "STR({0})", "LANG({0})", "BOUND(?x)", "STRLEN({0})", "UCASE({0})", "ABS({0})", "REGEX({0}, {1})",
    "IRI({0})",
    "CONCAT({0}, {1})", "SUBSTR({0}, {1})", "REPLACE({0}, {1}, {0})", "IF({0}, {1}, {0})",
    "COALESCE({0}, {1})",
    "MD5({0})", "YEAR({0})", "xsd:integer({0})", "STRDT({0}, xsd:date)", "isBlank({0})", "RAND()", "NOW()",
    "ENCODE_FOR_URI({0})", "STRBEFORE({0}, {1})", "CEIL({0})", "UUID()", "BNODE()", "LANGMATCHES({0}, '*')",
)  # fmt: skip
_OPERATORS = ("&&", "||", "=", "!=", "<", "<=", ">", "+", "-", "*", "/")
_PREFIXES = (
    "PREFIX e: <https://a.example/> PREFIX : <https://b.example/#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
)
_TOKENS = (
    "SELECT", "WHERE", "{", "}", "(", ")", "[", "]", "<<", ">>", "{|", "|}", "<<(", ")>>", "UNION",
    "OPTIONAL", "FILTER",
    "EXISTS", "NOT", "SERVICE", "SILENT", "VALUES", "UNDEF", "GRAPH", "MINUS", "BIND", "AS", "GROUP BY",
    "HAVING",
    "ORDER BY", "LIMIT 3", "OFFSET", "DISTINCT", "FROM", "NAMED", "LOAD", "INSERT DATA", "DELETE",
    "CLEAR ALL", ".",
    ";", ",", "/", "|", "^", "*", "+", "?", "!", "#", '"', "'", '"""', "\\", "\\u0053", "@en", "^^", "<",
    ">", "1e999",
    "\ufeff", "\x00", "é", "𝔸", "_:b", "LATERAL", "COUNT(*)", "BASE <x>", "VERSION '1.2'", "\r",
    "\t", "%", "~",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes queries at random."""

    chance: random.Random

    def query(self) -> str:
        """A query of SPARQL 1.1, mostly."""
        form = self.chance.choice((self._select, self._select, self._ask, self._construct, self._describe))
        return _PREFIXES + form()

    def spoilt(self) -> str:
        """A query with some mistakes, of tokens or of characters."""
        text = self.query()
        for _ in range(self.chance.choice((0, 1, 1, 2, 3, 8))):
            change = self.chance.choice((self._token, self._token, self._character, self._piece, self._deep))
            text = change(text)
        return text

    def _one(self, choices: tuple[str, ...]) -> str:
        return self.chance.choice(choices)

    def _select(self) -> str:
        head = self._one((
            "*", "?s ?o", "DISTINCT ?s", "REDUCED *", f"({self._expression(2)} AS ?z)",
            "(COUNT(*) AS ?n)", "?s (GROUP_CONCAT(DISTINCT ?o; SEPARATOR=', ') AS ?g)",
            "(SUM(?o) AS ?t) (AVG(?o) AS ?a)",
        ))  # fmt: skip
        dataset = self._one(("", "", "FROM <https://a.example/a> ", "FROM NAMED e:b "))
        return f"SELECT {head} {dataset}WHERE {self._group(3)} {self._modifiers()}"

    def _ask(self) -> str:
        return f"ASK {self._group(2)}"

    def _construct(self) -> str:
        return f"CONSTRUCT {{ {self._triple()} }} WHERE {self._group(2)} {self._modifiers()}"

    def _describe(self) -> str:
        return f"DESCRIBE {self._one((*_IRIS[:4], '?s', '*'))} WHERE {self._group(1)} LIMIT 3"

    def _modifiers(self) -> str:
        return self._one((
            "LIMIT 5", "ORDER BY ?s LIMIT 7", "ORDER BY DESC(?o) OFFSET 1 LIMIT 2", "GROUP BY ?s",
            "VALUES ?x { 1 UNDEF }",
            f"GROUP BY ?s HAVING ({self._expression(1)})", "LIMIT 0", "LIMIT 20",
        ))  # fmt: skip

    def _group(self, depth: int) -> str:
        made = [self._triple()]
        for _ in range(self.chance.randrange(3)):
            inner = self._group(depth - 1) if depth else "{ ?s ?p ?o }"
            made.append(self._one((
                self._triple(), f"OPTIONAL {inner}", f"{inner} UNION {inner}", f"MINUS {inner}",
                f"FILTER({self._expression(2)})",
                f"BIND({self._expression(2)} AS ?n{self.chance.randrange(99)})",
                f"GRAPH {self._one(('?g', 'e:b'))} {inner}", f"FILTER NOT EXISTS {inner}",
                f"VALUES (?x ?s) {{ ({self._one(_LITERALS)} UNDEF) (e:b :c) }}",
                f"{{ SELECT ?s WHERE {inner} LIMIT 2 }}",
            )))  # fmt: skip
        return "{ " + " ".join(made) + " }"

    def _triple(self) -> str:
        subject = self._one((*_NAMES, *_IRIS[:3], "[]", "_:b", "(1 ?x)", "<<( ?s ?p ?o )>>"))
        verb = self._one((*_NAMES[:4], *_IRIS, "e:p/e:q", "^e:p", "(e:p|!e:q)*", "e:p+", "e:p?", "!(e:p|^a)"))
        return f"{subject} {verb} {self._one((*_NAMES, *_IRIS[:4], *_LITERALS, '[ e:p 1 ]'))} . "

    def _expression(self, depth: int) -> str:
        if not depth:
            return self._one((*_NAMES, *_LITERALS, "e:b"))
        left, right = self._expression(depth - 1), self._expression(depth - 1)
        if self.chance.random() < 0.6:
            return self._one(_FUNCTIONS).format(left, right)
        return f"({left} {self._one(_OPERATORS)} {right})"

    def _token(self, text: str) -> str:
        words = re.findall(r"\s+|\w+|.", text, re.DOTALL)
        place = self.chance.randrange(len(words) + 1)
        take = self.chance.randrange(3)
        words[place : place + take] = [f" {self._one(_TOKENS)} "] * self.chance.randrange(3)
        return "".join(words)

    def _character(self, text: str) -> str:
        place = self.chance.randrange(len(text) + 1)
        said = self._one(("", chr(self.chance.randrange(1, 0xD800)), chr(self.chance.randrange(32, 127))))
        return text[:place] + said + text[place + self.chance.randrange(2) :]

    def _piece(self, text: str) -> str:
        start, end = sorted(self.chance.randrange(len(text) + 1) for _ in range(2))
        return self._one((text[:start] + text[end:], text[:end] + text[start:], text[:end]))

    def _deep(self, text: str) -> str:
        place, times = self.chance.randrange(len(text) + 1), self.chance.choice((3, 50, 300, 3000))
        opening, closing = self.chance.choice((
            ("{", "}"), ("(", ")"), ("!", ""), ("[ ?p ", "]"), ("1+", ""), ("<<( ?s ?p ", ")>>"), ("^", ""),
            ("-", ""),
            ("e:p/", ""), ("?s ?p ?o . ", ""), ("{} UNION ", ""), ("IF(1,", ")"),
        ))  # fmt: skip
        return text[:place] + opening * times + closing * self.chance.choice((0, times)) + text[place:]


_METHODS = (
    "GET",
    "POST",
    "PUT",
    "DELETE",
    "HEAD",
    "OPTIONS",
    "PATCH",
    "TRACE",
    "get",
    "BREW",
    "CONNECT",
    "P\x01T",
)
_PATHS = (
    "/sparql", "/update", "/graph-store", "/health", "/metrics", "/", "/nothing", "//", "/sparql/",
    "/%2e%2e/etc/passwd",
    "/graph-store?default", "/graph-store?graph=x", "/graph-store?graph=https://a.example/a&default",
    "/sparql?update=x",
    "/sparql?query=ASK%20%7B%7D&query=x", "/sparql?query=ASK%20%7B%7D&default-graph-uri=%00",
    "/sparql?query=%ff%fe", "/é",
    "/sparql?query=ASK%20%7B%7D&timeout=nan", "/sparql?query=ASK%20%7B%7D&format=%F0%9F%92%A9", "*",
    "http://x.example/",
    "/.well-known/void", "/api/search?q=%00", "/api/openapi.json",
    "/sparql?query=ASK%20%7B%7D&timeout=-1e999",
    "/sparql?" + "a=b&" * 1500, "/" + "a" * 20_000,
)  # fmt: skip
_HEADERS = (
    "Accept: text/html;q=2, */*;q=-1", "Accept: a/b", "Accept: ,;,;q=q", "Accept: " + "a/b," * 500,
    "Accept: */*",
    "Content-Type: application/sparql-query", "Content-Type: application/x-www-form-urlencoded",
    "Content-Type: ;;=",
    "Content-Type: application/sparql-update; charset=latin-1", "Content-Type: text/turtle",
    "Expect: 100-continue",
    "Content-Type: application/rdf+xml", "Content-Type: application/ld+json",
    "Content-Type: multipart/form-data",
    "Content-Encoding: gzip", "Accept-Encoding: br;q=0, gzip;q=x", "Transfer-Encoding: chunked",
    "Content-Length: 5",
    "Transfer-Encoding: gzip, chunked", "Content-Length: -1", "Content-Length: 99999999999999",
    "Authorization: Bearer x",
    "Content-Length: 5, 5", "Authorization: Basic \xff", "Origin: https://evil.example",
    "Sec-Fetch-Site: cross-site",
    "Host: evil.example", "Host: ", "If-None-Match: *", 'If-Match: "', "Range: bytes=5-1", "Cookie: a=b",
    "X: \x00",
    "Connection: upgrade", "Upgrade: websocket", "Upgrade: h2c", "X-Forwarded-For: a", "Accept: \xe9",
    "Y:" + "y" * 40_000,
    " folded", ": none", "Content-Type: application/sparql-query; charset=" + "x" * 300, "TE: trailers",
    "Last-Event-ID: 1",
)  # fmt: skip
_BODIES = (
    b"", b"ASK {}", b"query=ASK%20%7B%7D", b"query=%zz&query", b"update=LOAD%20%3Cfile:///etc/passwd%3E",
    b"\xff\xfe\x00",
    b"5\r\nhello\r\n0\r\n\r\n", b"ffffffffffffffffff\r\n", b"<a:a> <a:b> 1 .",
    b'{"@context": "http://127.0.0.1:9/"}',
    b"\x1f\x8b\x08\x00", b"a" * 100_000, b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    b"[" * 5_000,
    b"INSERT DATA { <a:a> <a:b> 1 }", b"query=" + b"%7B" * 10_000,
)  # fmt: skip


def request_of(chance: random.Random, host: str) -> bytes:
    """A request over HTTP, which asks for the connection to be closed; with mistakes."""
    method, path = chance.choice(_METHODS), chance.choice(_PATHS)
    version = chance.choice(("HTTP/1.1",) * 30 + ("HTTP/1.0", "HTTP/2.0", "HTTP/1.1 x", ""))
    body = chance.choice(_BODIES)
    headers = [chance.choice(_HEADERS) for _ in range(chance.randrange(4))]
    if chance.random() < 0.97:
        headers.insert(0, f"Host: {host}")
    if chance.random() < 0.8 and not any("-Length" in one or "Transfer-" in one for one in headers):
        headers.append(f"Content-Length: {len(body)}")
    head = "\r\n".join([f"{method} {path} {version}", *headers, "Connection: close", "", ""])
    made = bytearray(head.encode("latin-1", "replace") + body)
    for _ in range(chance.choice((0, 0, 0, 0, 0, 1, 3, 10))):
        made[chance.randrange(min(len(made), 300))] = chance.randrange(256)
    return bytes(made)
