"""Snapshots of a graph on disk: as it is at a moment, in a folder of its own, whoever is at work."""

from __future__ import annotations

from kg.store.snapshots.capturing import capture
from kg.store.snapshots.derived import hand_back
from kg.store.snapshots.serving import Snapshot, Snapshots
from kg.store.snapshots.state import State, state_of

__all__ = ["Snapshot", "Snapshots", "State", "capture", "hand_back", "state_of"]
