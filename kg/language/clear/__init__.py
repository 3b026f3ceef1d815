"""`kg_clear`: what another spaCy pipeline has annotated, in the schemes that this package reads."""

from kg.language.clear.component import AUTOMATIC, Clear, Scheme, scheme_of

__all__ = ["AUTOMATIC", "Clear", "Scheme", "scheme_of"]
