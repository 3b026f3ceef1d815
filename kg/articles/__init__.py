"""Readers: whatever holds articles, in; `Article` records, out. Nothing is extracted here."""

from kg.articles.reading import STDIN, read_articles
from kg.articles.samples import sample_articles, samples_folder

__all__ = ["STDIN", "read_articles", "sample_articles", "samples_folder"]
