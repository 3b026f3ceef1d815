"""Where the engine (pyoxigraph 0.5) gives another answer than the recommendation, and why."""

DEVIATIONS = {
    "4.1.2 number kept as written": "the store keeps numbers by value, so 05 comes back as 5",
    "17.3 pattern matches terms, not values": "the store keeps numbers by value, so 05 is 5",
    "17.4.2.5 str of a literal": "numbers are kept by value, so 05 comes back as 5",
    "9.1 alternative keeps duplicates": "two equal branches of an alternative are taken to be one",
    "9.1 zero length between terms that are nowhere": "a path of no steps needs a term of the graph",
    "9.1 zero length path from a literal": "a path of no steps needs a term of the graph",
    "17.3 booleans in order": "booleans are not ordered",
}
"""Names of cases whose answer is another one."""

NOT_IN_XML = {"4.1.2 escapes": "XML 1.0 (section 2.2) has no way to write most control characters"}
"""Names of cases whose answer has no form in one format: 406 there."""

REFUSED = {
    "4.1.1 escape in local name": "escapes of characters (19.2) are known in IRIs and texts only",
    "17.6 unknown function": "a function that nobody knows is told before the query is run",
}
"""Names of cases that are an error of the query, for the engine and so for the endpoint."""
