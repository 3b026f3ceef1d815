"""Backups of graphs: a consistent copy, in a folder or in one file, that is known to be whole; and back."""

from __future__ import annotations

from kg.store.backups.contents import BACKUP, Contents, Entry, read_contents
from kg.store.backups.restoring import restore
from kg.store.backups.writing import BackedUp, back_up

__all__ = ["BACKUP", "BackedUp", "Contents", "Entry", "back_up", "read_contents", "restore"]
