"""Queries with the answers that SPARQL 1.1 Query Language (W3C 2013) gives them, section by section.

The data is `data.trig`; queries and answers, in the text files, are our own. An answer is written by hand: a
line for each row, with a Turtle term for each variable in the order of SELECT, and `:unbound` for none; or
`true` or `false`; or a graph in Turtle. A query without an answer is only compared to the engine.
"""
