"""Ways out of a graph: tables, networks, pages. Nothing is stored here."""
