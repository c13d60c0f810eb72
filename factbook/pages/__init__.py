"""Which pages exist and what each says: views, made from the catalogue for the day of the build.

`kinds.PAGE_KINDS` is the table. A view holds everything that its template shows, looked up, filtered and decided; templates
arrange. HTML, dates in words and relative links are for rendering.
"""
