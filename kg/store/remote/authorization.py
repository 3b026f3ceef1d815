"""What says in each request who asks: Bearer, Basic, or Digest where a store asks for that."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from kg.store.remote.credentials import Credentials, find_credentials
from kg.store.remote.digest import Challenge, challenge_of

_LOGGER = logging.getLogger(__name__)
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine."""


class Authorization:
    """Knows who asks which host."""

    def __init__(self, environment: Mapping[str, str], given: Credentials | None = None) -> None:
        """Looks nothing up yet.

        Args:
            environment: Where credentials are looked for.
            given: Who asks; None for whom the environment or `.netrc` names.
        """
        self._environment = environment
        self._given = given
        self._known: dict[str, Credentials] = {}
        self._challenges: dict[str, Challenge] = {}

    def header(self, method: str, address: str) -> str | None:
        """The value of `Authorization` for a request; None where nobody is named.

        Raises:
            RemoteError: The environment or `.netrc` says it wrongly.
        """
        parts = urlsplit(address)
        credentials = self._credentials(parts.hostname or "", parts.scheme)
        challenge = self._challenges.get(parts.netloc)
        if challenge is None or credentials.user is None:
            return credentials.header
        uri = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        return challenge.answer(method, uri, (credentials.user, credentials.password or ""))

    def is_asked_anew(self, address: str, challenge: str | None) -> bool:
        """Whether a request that was turned away may be sent again, answering its challenge.

        Args:
            address: Of the request.
            challenge: The `WWW-Authenticate` of the answer.
        """
        parts = urlsplit(address)
        found = challenge_of(challenge)
        before = self._challenges.get(parts.netloc)
        if found is None or self._credentials(parts.hostname or "", parts.scheme).user is None:
            return False
        self._challenges[parts.netloc] = found
        return before is None or before.nonce != found.nonce

    def hidden(self, text: str) -> str:
        """A text without the secrets that were sent."""
        for credentials in self._known.values():
            text = credentials.hidden(text)
        return text

    def _credentials(self, host: str, scheme: str) -> Credentials:
        if host not in self._known:
            self._known[host] = self._given or find_credentials(host, self._environment)
            if self._known[host].header and scheme == "http" and host not in LOCAL:
                _LOGGER.warning("The password or token for %s is sent unencrypted; use https.", host)
        return self._known[host]
