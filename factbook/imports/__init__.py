"""Imports: official lists and what others make of them, read into drafts of sheets and compared with the sheets there are.

Readers take the fields they know and drop everything else, so that a birth date or a passport number never gets further than
the line it stands in. Where files lie and what is printed is left to the command.
"""
