"""Takes graphs in from files of RDF."""

from __future__ import annotations

from kg.store.importing.intake import Imported, import_rdf
from kg.store.importing.sources import ENDINGS

__all__ = ["ENDINGS", "Imported", "import_rdf"]
