"""Codes of states and territories in the schemes of other programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.vocabulary.cameo import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state or territory, by its codes."""

    iso3: str
    """ISO 3166-1 alpha-3, as everywhere in the package."""
    iso2: str
    """ISO 3166-1 alpha-2; `XK` for Kosovo."""
    fips: str | None
    """FIPS 10-4; None where it has no code, or several."""


@cache
def load_countries() -> Mapping[str, Country]:
    """All states and territories, by alpha-3 code.

    >>> load_countries()["UKR"].iso2, load_countries()["UKR"].fips
    ('UA', 'UP')

    Raises:
        VocabularyError: The table cannot be read.
    """
    rows = read_table("countries.tsv")
    found = (Country(iso3=row["iso3"], iso2=row["iso2"], fips=row["fips"] or None) for row in rows)
    return MappingProxyType({country.iso3: country for country in found})
