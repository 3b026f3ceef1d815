"""Which addresses of the network may be asked: public ones, unless the user allows others.

A page could otherwise make this program ask what only this machine can reach (OWASP, Server-Side Request
Forgery). Names are resolved once, and what was checked is what is connected to, so that a name which is
given another address in between (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence

from kg.articles.fetching.targets import Target
from kg.errors import FetchError

Resolver = Callable[[str, int], Sequence[str]]
"""The addresses of a host and port, in the order in which they are tried."""

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# The special-purpose address registries of IANA (RFC 6890), with multicast and what is reserved. They are
# written out since `ipaddress.is_global` says other things in other releases of Python 3.11 and 3.12.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "3fff::/20",
    )
)  # fmt: skip
_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that IANA gives out of IPv6: what lies outside is local, reserved, or holds an IPv4 address."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?", re.IGNORECASE)


def system_addresses(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them.

    Raises:
        OSError: The name is not known.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public network.

    An IPv6 address that stands for an IPv4 address (mapped, 6to4, NAT64) is as public as that.

    >>> [is_public(text) for text in ("8.8.8.8", "10.0.0.1", "100.64.0.1", "::1", "::ffff:127.0.0.1")]
    [True, False, False, False, False]
    >>> [is_public(text) for text in ("2606:4700::1", "2002:7f00:1::", "64:ff9b::10.0.0.1", "fe80::1%1")]
    [True, False, False, False]
    """
    address: _Address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address):
        address = _inner(address) or address
    if isinstance(address, ipaddress.IPv6Address) and address not in _UNICAST:
        return False
    return not any(address in network for network in _NOT_PUBLIC)


def addresses_of(target: Target, resolve: Resolver, *, allow_private: bool) -> Sequence[str]:
    """The addresses of a target's host, each of which may be connected to.

    Raises:
        FetchError: The name is not known, or not all its addresses are public.
    """
    if not allow_private:
        refuse_private_host(target)
    try:
        found = resolve(target.host, target.port)
    except (OSError, UnicodeError) as error:
        raise FetchError(
            f"{target.url!r} cannot be fetched: there is no host {target.host!r} ({error}); check its name "
            "and the connection to the network.",
            url=target.url,
            is_passing=True,
        ) from error
    private = [address for address in found if not is_public(address)]
    if private and not allow_private:
        raise _private(target, f"{target.host!r} is at {private[0]}")
    return found


def refuse_private_host(target: Target) -> None:
    """Refuses hosts that by their name alone are private, or written so that one may not see what they are.

    Raises:
        FetchError: The host is such a one.
    """
    host = target.host
    literal = _literal(host)
    if literal is None and _NUMBER.fullmatch(host):
        raise FetchError(
            f"{target.url!r} is not fetched: {host!r} writes an address as numbers that are read in more "
            "than one way; write it as four decimal numbers.",
            url=target.url,
        )
    if literal is not None and not is_public(literal):
        raise _private(target, f"{host!r} is the address")
    if literal is None and f".{host.rstrip('.')}".endswith(".localhost"):
        raise _private(target, f"{host!r} is this machine")


def _literal(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for (RFC 4291, 3056 and 6052)."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _private(target: Target, what: str) -> FetchError:
    return FetchError(
        f"{target.url!r} is not fetched: {what}, which is not public, so that no page can have this program "
        "ask your own network; allow it with --allow-private.",
        url=target.url,
    )
