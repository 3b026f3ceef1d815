"""A server runs beside its caller, and ends."""

import httpx


def test_query_is_answered(server):
    answer = httpx.get(f"{server}sparql", params={"query": "SELECT ?s { ?s ?p ?o } LIMIT 1"})
    assert answer.status_code == 200
    assert len(answer.json()["results"]["bindings"]) == 1
