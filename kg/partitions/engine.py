"""Has partitions read where a build asks for it; the results come as they are ready, in no order."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass

from kg.errors import ModelError
from kg.partitions.readings import Outcome, read_partition
from kg.partitions.settings import Settings, forget_tools
from kg.types import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where articles are read.

    Raises:
        ModelError: The number of workers is negative, or a cluster is named that has its own.

    >>> Place(workers=2).is_here
    False
    """

    workers: int = 1
    """Processes of this machine, each with its own pipeline; 0 for one a core, 1 for this process itself."""
    scheduler: str | None = None
    """The address of a Dask cluster that is there, such as `tcp://10.0.0.1:8786`."""
    parts: str | None = None
    """Where readings are kept, an `fsspec` path that all workers can write to; None keeps none."""

    def __post_init__(self) -> None:
        if self.workers < 0:
            raise ModelError(f"The number of workers is {self.workers}; give 1 or more, or 0 for one a core.")
        if self.scheduler is not None and self.workers != 1:
            raise ModelError("Give either a number of workers or a scheduler, which has workers of its own.")

    @property
    def is_here(self) -> bool:
        """Whether this process reads."""
        return self.scheduler is None and self.workers == 1


def read_partitions(
    partitions: Iterable[Sequence[Article]], settings: Settings, place: Place
) -> Generator[Outcome]:
    """What becomes of each article of some runs. What is ahead of who takes it is bounded.

    Raises:
        WorkerError: Workers end again and again, the cluster is lost or has other versions, or the parts
            cannot be written.
        KgError: As `read_partition` does.
    """
    if place.is_here:
        return _read_here(partitions, settings, place)
    from kg.partitions.cluster import read_on_cluster  # loads Dask, which most builds do without

    return read_on_cluster(partitions, settings, place)


def _read_here(
    partitions: Iterable[Sequence[Article]], settings: Settings, place: Place
) -> Generator[Outcome]:
    try:
        if place.parts is None:
            for articles in partitions:
                yield from read_partition(articles, settings)
        else:
            from kg.partitions.parts import Parts  # loads fsspec

            parts = Parts(place.parts)
            for articles in partitions:
                yield from parts.read(parts.make(articles, settings))
    finally:
        forget_tools()
