"""Checks a graph: against the shapes (SHACL), and for what shapes cannot say; reports what is wrong.

`compiling` reads the shapes into functions, which tell in a fraction of the time what is sound; only what
is suspect goes to pySHACL (`standard`), whose word counts. `checks` looks over graphs and into texts.
"""

from kg.rdf.validation.records import Finding, Report, Severity
from kg.rdf.validation.reporting import report_json, report_turtle
from kg.rdf.validation.validating import validate

__all__ = ["Finding", "Report", "Severity", "report_json", "report_turtle", "validate"]
