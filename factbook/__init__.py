"""Factbook builds a publication out of fact sheets: read, join, check, lay out, render, write.

`factbook/publication.py` tells the whole way on one page; `handbook/architecture.md` explains the layers.
"""

from factbook import late

late.install()
