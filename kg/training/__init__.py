"""The recipe of the weights: corpora in, `kg/language/weights/` out. Needs the extra `train`.

Nothing but the command line imports it, and `import kg` never does.
"""
