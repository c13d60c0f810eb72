"""From folders to sheets and problems: what is on disk, read once, checked against the models.

Joining sheets to each other is the catalogue's; whether they may be published is for the checks.
"""
