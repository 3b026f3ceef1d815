"""Readers: whatever holds articles, in; `Article` records, out. Nothing is extracted here."""

from kg.articles.languages import foreign_language
from kg.articles.reading import STDIN, count_articles, read_articles
from kg.articles.refusals import refusal_of
from kg.articles.samples import sample_articles, samples_folder

__all__ = [
    "STDIN",
    "count_articles",
    "foreign_language",
    "read_articles",
    "refusal_of",
    "sample_articles",
    "samples_folder",
]
