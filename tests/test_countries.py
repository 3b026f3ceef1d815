"""The table of countries, and the groups that CAMEO knows."""

import re

from kg.vocabulary import load_vocabulary
from kg.vocabulary.cameo import read_table
from kg.vocabulary.countries import load_countries

HISTORICAL = {"ASC", "CPT", "CRQ", "CSK", "DDR", "SUN", "TAA", "YUG"}
"""Codes of the registry for what is gone, or has no code of ISO 3166-1."""


def test_codes_have_their_form_and_stand_once():
    countries = load_countries().values()
    for pattern, values in (
        ("[A-Z]{3}", [c.iso3 for c in countries]),
        ("[A-Z]{2}", [c.iso2 for c in countries]),
        ("[A-Z]{2}", [c.fips for c in countries if c.fips]),
    ):
        assert [value for value in values if not re.fullmatch(pattern, value)] == []
        assert len(set(values)) == len(values)


def test_every_country_of_the_registry_is_there():
    codes = {actor.country for actor in load_vocabulary().actors} - {None, "IGO"}
    assert codes - set(load_countries()) <= HISTORICAL


def test_fips_is_not_iso():
    known = {code: load_countries()[code].fips for code in ("AUS", "AUT", "CHN", "CHE", "DEU", "GBR", "RUS")}
    assert known == {
        "AUS": "AS",
        "AUT": "AU",
        "CHN": "CH",
        "CHE": "SZ",
        "DEU": "GM",
        "GBR": "UK",
        "RUS": "RS",
    }


def test_groups_are_of_the_registry():
    ids = {actor.id for actor in load_vocabulary().actors}
    rows = read_table("cameo-groups.tsv")
    assert [row["entity"] for row in rows if row["entity"] not in ids] == []
    assert [row["group"] for row in rows if not re.fullmatch("[A-Z]{3}", row["group"])] == []
