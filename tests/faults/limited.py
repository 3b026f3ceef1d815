"""Runs `kg` as a process apart, within limits of the system, and tells what it took.

As a module run by Python (`python -m tests.faults.limited`) it is that process: it sets its limits, runs the
command, and writes how much memory it held at most.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 300
"""After which a command is taken for one that never ends; the slowest here takes some twenty."""


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    """What it returned; below 0 the signal that ended it."""
    out: str
    err: str
    megabytes: float
    """The most memory that it held; 0 where a signal ended it."""
    seconds: float
    """Of its processor time."""

    @property
    def said(self) -> str:
        """What it wrote to standard error, in one line."""
        return " ".join(self.err.split())


def kg(
    *arguments: object,
    address_space: int | None = None,
    file_size: int | None = None,
    stdin: Iterable[bytes] = (),
    environment: dict[str, str] | None = None,
) -> Done:
    """Runs a command to its end.

    Args:
        arguments: As on the command line.
        address_space: Bytes that the process may map (`RLIMIT_AS`).
        file_size: Bytes that a file may grow to (`RLIMIT_FSIZE`).
        stdin: What it is fed, in pieces, as long as it takes them.
        environment: Variables on top of this process's.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        limits = json.dumps({"address_space": address_space, "file_size": file_size})
        command = [sys.executable, "-m", "tests.faults.limited", report, limits, *arguments]
        with (Path(folder) / "out").open("w+") as out, (Path(folder) / "err").open("w+") as err:
            process = subprocess.Popen(
                list(map(str, command)),
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=err,
                env=os.environ | (environment or {}),
            )
            try:
                _feed(process, stdin)
                process.wait(SECONDS)
            finally:
                process.kill()
                process.wait()
            out.seek(0)
            err.seek(0)
            took = json.loads(report.read_text()) if report.exists() else {"megabytes": 0, "seconds": 0}
            return Done(code=process.returncode, out=out.read(), err=err.read(), **took)


def _feed(process: subprocess.Popen[bytes], pieces: Iterable[bytes]) -> None:
    assert process.stdin is not None
    try:
        with process.stdin:
            for piece in pieces:
                process.stdin.write(piece)
    except BrokenPipeError:
        return  # it has ended


def _main(report: Path, limits: dict[str, int | None], arguments: list[str]) -> int:
    atexit.register(_tell, report)
    for name, kind in (("address_space", resource.RLIMIT_AS), ("file_size", resource.RLIMIT_FSIZE)):
        if (limit := limits[name]) is not None:
            resource.setrlimit(kind, (limit, limit))
    from kg.__main__ import main

    return main(arguments)


def _tell(report: Path) -> None:
    took = {"megabytes": _peak_megabytes(), "seconds": time.process_time()}
    report.write_text(json.dumps(took))


def _peak_megabytes() -> float:
    """Of this process alone; `getrusage` counts what its parent held when it was forked."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) * 1024 / 1e6


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:]))
