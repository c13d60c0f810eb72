"""Weighs the engine: synthetic publications, the same facts for other generators, and a table of what each build costs."""
