"""The command line: one short function a command. What the commands do is elsewhere."""

import kg.cli.checking
import kg.cli.copies
import kg.cli.exchange
import kg.cli.explaining
import kg.cli.graphs
import kg.cli.judgements
import kg.cli.language
import kg.cli.reference
import kg.cli.searching
import kg.cli.serving
import kg.cli.updates
import kg.cli.watching  # noqa: F401  # importing registers the commands
from kg.cli.app import app
from kg.terminal import fail

__all__ = ["app", "fail"]
