"""Who asks: a user with a password, or a token; from the environment or `.netrc` alone."""

from __future__ import annotations

import base64
import netrc
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import RemoteError

USER, PASSWORD, TOKEN = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"
_HIDDEN = "***"
_SHORTEST = 4
"""Characters from which a secret is taken out of what a server says: shorter ones stand in any text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A user with a password, or a token; nothing where both are None.

    >>> Credentials(token="0123456789abcdef")
    Credentials(user=None)
    """

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @property
    def header(self) -> str | None:
        """The value of `Authorization`: Bearer (RFC 6750) or Basic (RFC 7617); None where nobody is named."""
        if self.token is not None:
            return f"Bearer {self.token}"
        if self.user is None:
            return None
        pair = f"{self.user}:{self.password or ''}".encode()
        return f"Basic {base64.b64encode(pair).decode()}"

    def hidden(self, text: str) -> str:
        """A text without the secrets, which a server may repeat.

        >>> Credentials(token="0123456789abcdef").hidden("no access for 0123456789abcdef")
        'no access for ***'
        """
        header = (self.header or "").partition(" ")[2]
        for secret in (header, self.token, self.password):
            if secret and len(secret) >= _SHORTEST:
                text = text.replace(secret, _HIDDEN)
        return text


def find_credentials(host: str, environment: Mapping[str, str]) -> Credentials:
    """Who asks a host: as the environment says, else as `.netrc` does; nobody where neither does.

    Args:
        host: Its name.
        environment: Of the process: `KG_STORE_TOKEN`, or `KG_STORE_USER` and `KG_STORE_PASSWORD`; `NETRC`
            may name another file.

    Raises:
        RemoteError: The environment says half, or what no header can hold; or `.netrc` cannot be read.

    >>> find_credentials("example.org", {"KG_STORE_USER": "ana", "KG_STORE_PASSWORD": "secret"}).user
    'ana'
    """
    token, user = environment.get(TOKEN, "").strip(), environment.get(USER, "")
    password = environment.get(PASSWORD)
    if password is not None and not user:
        raise RemoteError(f"{PASSWORD} is set, but {USER} is not; set both.")
    if user and ":" in user:
        raise RemoteError(f"{USER} holds a colon, which no user's name may (RFC 7617); correct it.")
    if token and not (token.isascii() and token.isprintable() and " " not in token):
        raise RemoteError(f"{TOKEN} holds what no token may (RFC 6750); correct it.")
    if token:
        return Credentials(token=token)
    if user:
        return Credentials(user=user, password=password)
    return _from_netrc(host, environment)


def _from_netrc(host: str, environment: Mapping[str, str]) -> Credentials:
    named = environment.get("NETRC")
    file = Path(named) if named else Path(environment.get("HOME") or Path.home()) / ".netrc"
    try:
        found = netrc.netrc(file).authenticators(host)
    except FileNotFoundError as error:
        if named:
            raise RemoteError(f"There is no file {named!r}, which NETRC names; correct it.") from error
        return Credentials()
    except netrc.NetrcParseError as error:  # whose words may repeat a password
        raise RemoteError(
            f"The file {str(file)!r} cannot be read as netrc (line {error.lineno}); correct it."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise RemoteError(f"The file {str(file)!r} cannot be read; correct it.") from error
    return Credentials(user=found[0], password=found[2]) if found else Credentials()
