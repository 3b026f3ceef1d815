"""The `kg` command as a module: `python -m kg`."""
