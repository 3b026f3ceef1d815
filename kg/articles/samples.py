"""The articles that come with the package, for the demo and for trying things out.

Where they come from and what may be done with them is told in the `README.md` beside them.
"""

from __future__ import annotations

import importlib.resources
from pathlib import Path

from kg.articles.reading import read_articles
from kg.types import Article


def samples_folder() -> Path:
    """The folder of the bundled articles, in a checkout as in an installed package.

    >>> sorted(path.suffix for path in samples_folder().glob("*sochi*"))
    ['.json', '.txt']
    """
    return Path(str(importlib.resources.files("kg"))) / "samples"


def sample_articles() -> list[Article]:
    """The bundled articles, sorted by id.

    >>> articles = sample_articles()
    >>> len(articles), articles[0].source
    (37, 'kg sample desk A')
    """
    return list(read_articles([samples_folder()]))
