"""Readers: whatever holds articles, in; `Article` records, out. Nothing is extracted here."""

from kg.articles.counting import count_articles
from kg.articles.files import SourceFile, check_paths, find_files
from kg.articles.languages import foreign_language
from kg.articles.options import Format, ReadingOptions
from kg.articles.places import STDIN
from kg.articles.reading import read_articles, read_file, read_stream
from kg.articles.refusals import refusal_of
from kg.articles.samples import sample_articles, samples_folder

__all__ = [
    "STDIN",
    "Format",
    "ReadingOptions",
    "SourceFile",
    "check_paths",
    "count_articles",
    "find_files",
    "foreign_language",
    "read_articles",
    "read_file",
    "read_stream",
    "refusal_of",
    "sample_articles",
    "samples_folder",
]
