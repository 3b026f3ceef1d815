"""Fuzzes the readers, guided by coverage (atheris, https://github.com/google/atheris): `make fuzz`.

`python -m tests.fuzz` fuzzes all targets, each for its share of `KG_FUZZ_SECONDS` (60), in a process apart;
`python -m tests.fuzz NAME FOLDER SECONDS` one of them. What broke one stays in build/fuzz/NAME.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

NAMES = ("text", "jsonlines", "json", "html", "feed", "mail", "table", "warc", "gzip", "zstd", "any")
FOLDER = Path("build") / "fuzz"
MEGABYTES = 1_500
"""That a target may hold."""
LONGEST = 20
"""Seconds that one input may take."""


def fuzz_all(seconds: float) -> int:
    """Fuzzes each target in its turn; 1 where one broke."""
    share = max(1, int(seconds / len(NAMES)))
    broken = [name for name in NAMES if not _is_sound(name, share)]
    if broken:
        _say(f"Broken: {', '.join(broken)}; the inputs are in {FOLDER}.")
    return 1 if broken else 0


def fuzz_one(name: str, folder: Path, seconds: int) -> None:
    """Fuzzes one target, whose process then ends."""
    import atheris

    with atheris.instrument_imports(include=["kg.articles"]):
        from tests.fuzz.targets import TARGETS
    target, corpus = TARGETS[name], folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed{number}").write_bytes(seed)
    limits = [f"-max_total_time={seconds}", f"-rss_limit_mb={MEGABYTES}", f"-timeout={LONGEST}"]
    options = [*limits, "-max_len=20000", f"-artifact_prefix={folder}/", "-verbosity=0", str(corpus)]
    atheris.Setup([name, *options], target)
    atheris.Fuzz()


def _is_sound(name: str, seconds: int) -> bool:
    folder = FOLDER / name
    command = [sys.executable, "-m", "tests.fuzz", name, str(folder), str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    is_sound = done.returncode == 0
    _say(f"{name}: {'sound' if is_sound else 'BROKEN'} after {seconds} s")
    if is_sound:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        _say(f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return is_sound


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Does what the module's docstring says."""
    if find_spec("atheris") is None:
        _say("make fuzz needs atheris, which is not installed: pip install atheris (Linux or macOS).")
        return 1
    if arguments:
        fuzz_one(arguments[0], Path(arguments[1]), int(arguments[2]))
        return 0
    return fuzz_all(float(os.environ.get("KG_FUZZ_SECONDS", "60")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
