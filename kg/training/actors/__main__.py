"""Writes the registry: `python -m kg.training.actors [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.training.actors.recipe import TABLES, write_registry

if __name__ == "__main__":
    write_registry(Path(sys.argv[1]) if len(sys.argv) > 1 else TABLES.parent)
