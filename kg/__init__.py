"""News articles in, a knowledge graph of actors and relations out."""
