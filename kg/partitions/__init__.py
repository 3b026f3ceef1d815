"""Reads runs of articles: in this process, in several, or on the machines of a Dask cluster.

What reads a run is one function, `readings.read_partition`, wherever it runs. `cluster` hands it out by Dask,
`packing` is the form in which its results travel, and `parts` keeps them where any `fsspec` path leads.
Nothing is stored in a graph here.
"""

from kg.partitions.engine import Place, read_partitions
from kg.partitions.readings import Extractor, Outcome, Reading, version_of
from kg.partitions.settings import Settings

__all__ = ["Extractor", "Outcome", "Place", "Reading", "Settings", "read_partitions", "version_of"]
