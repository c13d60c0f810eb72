"""How to cite a page of ours: Chicago, APA, BibTeX and CSL-JSON, with its permalink.

A page is cited in the version of the day on which it was last verified, a view of the whole site in that of the day it holds
for. Sources: The Chicago Manual of Style (17th ed.) 14.207;
Publication Manual of the APA (7th ed.) 10.16; CSL 1.0.2's schema for items.
"""

from __future__ import annotations

import json
from datetime import date

from factbook.frozen import frozen
from factbook.model.spoken import MONTHS
from factbook.pages import bibtex


@frozen
class CiteThis:
    """One page in the forms in which it is cited."""

    chicago: str
    apa: str
    bibtex: str
    csl: str
    permalink: str
    """The full address, or the path from the site's root when the address is not set."""


def cite_this(
    id: str, title: str, site: str, day: date, address: str, site_url: str, *, verified: bool = True
) -> CiteThis:
    """The forms for one page. `address` is from the root of the site, `site_url` may be empty."""
    permalink = f"{site_url}{address}" if site_url else f"/{address}"
    month = MONTHS[day.month - 1]
    year = day.year
    how = "Last verified" if verified else "As of"
    where = f" {permalink}." if site_url else ""
    key = f"{''.join(c for c in site.lower() if c.isascii() and c.isalnum())}-{id}"
    fields = {
        "title": title,
        "organization": site,
        "date": day.isoformat(),
        "url": permalink if site_url else "",
    }
    item = {
        "id": key,
        "type": "webpage",
        "title": title,
        "container-title": site,
        "issued": {"date-parts": [[year, day.month, day.day]]},
        **({"URL": permalink} if site_url else {}),
    }
    return CiteThis(
        chicago=f"{site}. “{title.rstrip('.')}.” {how} {month} {day.day}, {year}.{where}",
        apa=f"{site}. ({year}, {month} {day.day}). {title.rstrip('.')}.{where}",
        bibtex=bibtex.entry("online", key, fields),
        csl=json.dumps([item], ensure_ascii=False),
        permalink=permalink,
    )
