"""What a page asks of a graph: entities and their neighbours, evidence, articles, paths, times, counts.

Every function reads a store, and only the part that its answer needs, and gives frozen records. How they
reach a page is not decided here.
"""
