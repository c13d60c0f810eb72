"""Editing: what the commands change or explain in the files of a publication, without losing a word of an editor's.

Drafts from the models, references found to the character, renaming under a journal, one layout, and what is due. Printing is
left to the commands; whether a sheet may be published is for the checks.
"""
