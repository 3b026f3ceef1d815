"""Digest access authentication (RFC 7616), which some stores ask for in place of Basic."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.request import parse_http_list, parse_keqv_list

_HASHES: Mapping[str, str] = MappingProxyType({"md5": "md5", "sha-256": "sha256"})
_SCHEME = "digest "


@dataclass(slots=True, kw_only=True)
class Challenge:
    """What a server asks to be answered with each request (section 3.3)."""

    realm: str
    nonce: str
    algorithm: str = "MD5"
    opaque: str | None = None
    has_qop: bool = True
    """Whether requests are counted; servers from before RFC 2617 do not ask for that."""
    count: int = field(default=0, repr=False)
    """Requests that were answered for."""

    def answer(self, method: str, uri: str, pair: tuple[str, str], *, client: str | None = None) -> str:
        """The value of `Authorization` for a request (section 3.4).

        Args:
            method: Of the request.
            uri: Its path with its parameters.
            pair: User and password.
            client: The client's own nonce; None for a new one.

        >>> Challenge(realm="r", nonce="n", has_qop=False).answer("GET", "/", ("ana", "secret"))[:38]
        'Digest username="ana", realm="r", nonc'
        """
        self.count += 1
        user, password = pair
        counter, own = f"{self.count:08x}", client or secrets.token_hex(16)
        inner = self._hash(f"{user}:{self.realm}:{password}")
        if self.algorithm.lower().endswith("-sess"):
            inner = self._hash(f"{inner}:{self.nonce}:{own}")
        asked = self._hash(f"{method}:{uri}")
        middle = f"{self.nonce}:{counter}:{own}:auth" if self.has_qop else self.nonce
        fields = {
            "username": user, "realm": self.realm, "nonce": self.nonce, "uri": uri,
            "response": self._hash(f"{inner}:{middle}:{asked}"),
        }  # fmt: skip
        if self.has_qop:
            fields["cnonce"] = own
        if self.opaque is not None:
            fields["opaque"] = self.opaque
        quoted = ", ".join(f'{name}="{_quoted(value)}"' for name, value in fields.items())
        counted = f", qop=auth, nc={counter}" if self.has_qop else ""
        return f"Digest {quoted}, algorithm={self.algorithm}{counted}"

    def _hash(self, text: str) -> str:
        name = _HASHES[self.algorithm.lower().removesuffix("-sess")]
        return hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()


def challenge_of(header: str | None) -> Challenge | None:
    """The challenge of a `WWW-Authenticate`; None where it is none that can be answered.

    >>> challenge_of('Digest realm="SPARQL", nonce="1", qop="auth"').realm
    'SPARQL'
    >>> challenge_of('Basic realm="SPARQL"')
    """
    start = (header or "").lower().find(_SCHEME)
    if start < 0 or header is None:
        return None
    parts = [part for part in parse_http_list(header[start + len(_SCHEME) :]) if "=" in part]
    fields = {name.strip().lower(): value for name, value in parse_keqv_list(parts).items()}
    algorithm = fields.get("algorithm", "MD5")
    qop = [way.strip() for way in fields.get("qop", "").lower().split(",")]
    is_known = algorithm.lower().removesuffix("-sess") in _HASHES and (qop == [""] or "auth" in qop)
    if "realm" not in fields or "nonce" not in fields or not is_known:
        return None
    return Challenge(
        realm=fields["realm"], nonce=fields["nonce"], algorithm=algorithm, opaque=fields.get("opaque"),
        has_qop=qop != [""],
    )  # fmt: skip


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
