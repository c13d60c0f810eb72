"""The live preview behind `build.py serve`: what is shown (`state`), when it is made anew (`watching`), how it is served (`server`).

No page is drawn before somebody asks for it: after a saved change the sheets are read, joined and checked, and only the pages that
are looked at are laid out and rendered. Nothing is written but what every command keeps in `.cache/`.
"""
