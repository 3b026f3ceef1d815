"""The recipe of the actor registry: libraries' data and our own tables in, `ontology/actors/*.ttl` out.

`rigour` gives territories with their codes, names and Wikidata ids, `Babel` (CLDR) English names, regions and
cities of the time zones; `ontology/actors/tables/` what neither holds: demonyms, capitals, organizations,
leaders. Run it with `python -m kg.training.actors [FOLDER]`. What it writes is read by `kg.vocabulary`.
"""
