"""Text → spaCy `Doc` with tags, lemmas, dependencies, sentences and named entities.

`kg.language.pipeline` loads it. This file imports nothing, so that training can use the parts that
need no spaCy (`pieces`, `batches`, `lemmas`, `decoding`, `labels`).
"""
