"""`kg` and `python -m kg`: runs the command line, and turns errors into a sentence and an exit code."""

from __future__ import annotations

import os
import sys

from kg.cli import app, fail
from kg.errors import KgError

INTERRUPTED = 130
"""What shells and typer give for Ctrl-C."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; gives 0 if it did its work, 1 if the work failed, 2 if it was used wrongly.

    Args:
        arguments: Those after `kg`; None for those of the process.
    """
    try:
        app(args=arguments, prog_name="kg")
    except SystemExit as end:
        if end.code == INTERRUPTED:
            fail("Stopped. What is stored stays; run the same command again to go on.")
        return end.code if isinstance(end.code, int) else 1
    except BrokenPipeError:  # `kg export … | head`: whoever reads has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KgError as error:
        fail(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
