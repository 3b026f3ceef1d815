"""A graph over HTTP, for the person at this machine: the page at `/`, SPARQL queries at `/sparql`."""

from kg.server.local import Server, serve

__all__ = ["Server", "serve"]
