"""The same publication for Hugo: a content file for each sheet with the same facts as front matter, in the same page shell.

The shell comes from a site that the engine built, so that both generators make pages of one kind. Hugo resolves references,
numbers the notes, groups the reverse links and renders the prose itself. What it is spared: links and citations in prose are
written as Markdown's own, the numbers of notes in prose are given, and the sentences around links are handed over in a data
file. What its pages leave out stands in `LEFT_OUT`.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from bench.sheets import Fields, Plan, Sheets, briefings
from bench.yaml_writing import Folded, Paragraphs, Value, sheet_text

LEFT_OUT = (
    "every check: evidence, chains, dates, references, vocabulary",
    "the views of the whole site but the lists of each collection and the timeline: in force on a day, who says what, "
    "predictions, network, review board, glossary, search page",
    "charts, stance matrices and the other blocks of briefings",
    "chains of statements, counts of independent sources, marks of weak support",
    "the check of all links of the finished site; data but one JSON file a sheet and a collection; social cards",
    "spellings for the search, forms of citation other than Chicago's",
)
RENAMED = {"kind": "sort", "url": "address"}
"""Fields whose names mean something else to Hugo."""
INFOBOX = {
    "measures": (("imposed_by", "Imposed by"), ("under", "Under"), ("status", "State of play")),
    "regimes": (("issued_by", "Issued by"), ("status", "State of play")),
    "actors": (("names", "Names"), ("country", "Country")),
    "systems": (("names", "Names"), ("what", "What it is"), ("makers", "Made by")),
    "events": (("happened", "When"), ("actors", "People and bodies"), ("measures", "Measures"), ("systems", "Systems")),
    "statements": (("speakers", "Said by"), ("said_on", "Said on"), ("first_in", "First published in"), ("about", "About")),
    "sources": (("publisher", "Publisher"), ("published_by", "Published by"), ("byline", "By"), ("number", "Number"),
                ("address", "Address"), ("language", "Language"), ("read", "Read"), ("read_note", "What was read"),
                ("origin", "Origin"), ("derived_from", "Takes from"), ("interest", "Interest")),
    "terms": (("names", "Other forms"), ("see", "See")),
}  # fmt: skip
"""What stands beside each sheet."""
SECTIONS = {
    "measures": (("ground", "Why"), ("provisions", "What it forbids, and what it does not"), ("designations", "Named"),
                 ("not_covered", "What it leaves out"), ("ways_out", "Ways out"), ("relations", "Related measures"),
                 ("facts", "Facts")),
    "regimes": (("sections", "Sections"), ("facts", "Facts")),
    "actors": (("posts", "Posts"), ("relations", "Ties"), ("facts", "Facts")),
    "systems": (("relations", "Related systems"), ("facts", "Facts")),
    "events": (("facts", "Facts"), ("relations", "Related events")),
    "statements": (("words", "The words"), ("relations", "Related statements"), ("prediction", "What was foretold")),
    "sources": (("facts", "Facts"),),
    "terms": (("definition", "Definition"), ("confused_with", "Not to be confused with"), ("facts", "Facts")),
}  # fmt: skip
"""What stands below, in order."""

_LINK = re.compile(r"\[\[([a-z0-9-]+)\|([^\]]+)\]\]")
_CITED = re.compile(r" ?\[@([a-z0-9-]+)(?:, ([^\]]+))?\]")
_SENTENCE = re.compile(r"(?<=[.?!]) ")
CONFIG = """\
baseURL = "https://example.org/repo/"
title = "Bench"
locale = "en"
disableKinds = ["taxonomy", "term", "rss"]
enableGitInfo = false
timeout = "600s"
[markup.goldmark.parser]
  autoHeadingID = true
[outputs]
  page = ["html", "json"]
  section = ["html", "json"]
"""


def write(plan: Plan, folder: Path, site: Path) -> None:
    """Writes the Hugo site; `site` is one that the engine built from a publication of the same kind."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    (folder / "hugo.toml").write_text(CONFIG, "utf-8")
    for name in ("assets", "stylesheets", "scripts"):
        shutil.copytree(site / name, folder / "static" / name)
    _layouts(folder / "layouts", site)
    collections = {id: name for name, ids in plan.ids.items() for id in ids}
    reverse: list[dict[str, str]] = []
    for name in plan.ids:
        (folder / "content" / name).mkdir(parents=True)
        (folder / "content" / name / "_index.md").write_text(
            f"---\ntitle: {name.capitalize()}\n---\n", "utf-8"
        )
    for collection, id, fields in Sheets(plan):
        address = f"/{collection}/{id}"
        prose = _Prose(collections)
        matter = _matter(fields, prose)
        body = prose.converted(str(fields.get("body", "")))
        front: Fields = {"title": plan.titles[id], **matter}
        if prose.cites:
            front["prose_cites"] = prose.cites
        path = folder / "content" / collection / f"{id}.md"
        path.write_text(f"---\n{sheet_text(front)}---\n{body}\n", "utf-8")
        reverse += [
            {"from": address, "to": f"/{collections[to]}/{to}", "says": said}
            for to, said in _links(fields, collections)
        ]
    for name, text in briefings(plan):
        plain = re.sub(
            r"^:::.*$", "", _Prose(collections).converted(text.split("---\n", 2)[2]), flags=re.MULTILINE
        )
        title = name.removesuffix(".md").replace("-", " ").capitalize()
        target = "_index.md" if name == "index.md" else name
        (folder / "content" / target).write_text(f"---\ntitle: {title}\n---\n{plain}", "utf-8")
    (folder / "data" / "links.json").write_text(json.dumps(reverse, ensure_ascii=False), "utf-8")


class _Prose:
    """Turns the links and citations of one sheet's prose into Markdown's own, and keeps what was cited."""

    def __init__(self, collections: Mapping[str, str]) -> None:
        self.collections = collections
        self.cites: list[Value] = []

    def converted(self, text: str) -> str:
        linked = _LINK.sub(lambda m: f"[{m[2]}](../../{self.collections[m[1]]}/{m[1]}/)", text)
        return _CITED.sub(self._note, linked)

    def _note(self, found: re.Match[str]) -> str:
        self.cites.append({"source": found[1], "at": found[2]} if found[2] else {"source": found[1]})
        number = len(self.cites)
        return f"[{number}](#note-{number})"


def _matter(fields: Mapping[str, Value], prose: _Prose) -> Fields:
    """The fields without the body, prose converted, names that Hugo keeps for itself changed."""
    return {
        RENAMED.get(name, name): _value(value, prose)
        for name, value in fields.items()
        if name not in ("body", "title")
    }


def _value(value: Value, prose: _Prose) -> Value:
    if isinstance(value, Folded):
        return Folded(prose.converted(value))
    if isinstance(value, str | Paragraphs):
        return value
    if isinstance(value, Mapping):
        return {name: _value(item, prose) for name, item in value.items()}
    return [_value(item, prose) for item in value]


def _links(value: Value, collections: Mapping[str, str]) -> list[tuple[str, str]]:
    """Every sheet that a value points to, with the words around it."""
    if isinstance(value, Folded | Paragraphs):
        return [
            (id, _plain(said))
            for said in _SENTENCE.split(value)
            for id in [m[1] for m in _LINK.finditer(said)] + [m[1] for m in _CITED.finditer(said)]
        ]
    if isinstance(value, str):
        return [(value, "")] if value in collections else []
    if isinstance(value, Mapping):
        said = str(value.get("text") or value.get("title") or value.get("role") or value.get("kind") or "")
        found = [link for item in value.values() for link in _links(item, collections)]
        return [(id, around or _plain(said)) for id, around in found]
    return [link for item in value for link in _links(item, collections)]


def _plain(text: str) -> str:
    return " ".join(_CITED.sub("", _LINK.sub(r"\2", text)).split())


def _layouts(folder: Path, site: Path) -> None:
    (folder / "_partials").mkdir(parents=True)
    for name, text in PARTIALS.items():
        (folder / "_partials" / f"{name}.html").write_text(text, "utf-8")
    (folder / "page.json").write_text(PAGE_JSON, "utf-8")
    (folder / "section.json").write_text(SECTION_JSON, "utf-8")
    for collection in SECTIONS:
        (folder / collection).mkdir()
        index = site / collection / "index.html"
        if not index.is_file():  # events are listed on the timeline
            index = site / "sources" / "index.html"
        sample = next(path for path in sorted((site / collection).iterdir()) if path.is_dir()) / "index.html"
        page = shell(sample.read_text("utf-8"), _body(collection))
        (folder / collection / "page.html").write_text(page, "utf-8")
        (folder / collection / "section.html").write_text(shell(index.read_text("utf-8"), LIST), "utf-8")
    prose = shell((site / "about" / "index.html").read_text("utf-8"), PROSE)
    (folder / "page.html").write_text(prose, "utf-8")
    (folder / "home.html").write_text(shell((site / "index.html").read_text("utf-8"), HOME), "utf-8")


def shell(page: str, body: str) -> str:
    """A page of ours as a layout of Hugo's: the same shell, its variable places filled by Hugo. Raises `ValueError`."""
    for name, pattern, new in SHELL:
        page, found = re.subn(pattern, new, page, count=1, flags=re.DOTALL)
        if name and not found:
            raise ValueError(
                f"Pages of ours have no {name} where it is looked for; SHELL in bench/hugo.py has to follow."
            )
    start = page.index(">", page.index("<article")) + 1
    return page[:start] + "\n" + body + "\n" + page[page.index("</article>") :]


SHELL = (
    ("", r'<script type="application/ld\+json">.*?</script>', ""),
    ("description", r'<meta name="description"[^>]*>', '{{ partial "head.html" . }}'),
    ("canonical address", r'\s*<link rel="canonical"[^>]*>', ""),
    ("", r'(?:<meta (?:property="og:|name="(?:twitter:|citation_))[^>]*>)+', ""),
    ("", r'<link rel="alternate" type="application/json"[^>]*>', ""),
    ("title", r"<title>.*?</title>", "<title>{{ .Title }} – Bench</title>"),
    ("", r'<ul class="md-nav__list">.*?</ul>', '{{ partial "toc.html" . }}'),
    ("", r'<nav class="fb-neighbours".*?</nav>', '{{ partial "neighbours.html" . }}'),
    ("", r'<p class="fb-edit">.*?</p>', '{{ partial "edit.html" . }}'),
)
"""The places of our shell where pages differ: what every page must have (by name), how it is found, what Hugo puts there."""


def _body(collection: str) -> str:
    rows = "".join(
        '{{ with .Params.NAME }}<div id="NAME"><dt>LABEL</dt> <dd>'
        '{{ partial "value.html" (dict "value" . "page" $ "notes" $notes) }}</dd></div>\n{{ end }}'.replace(
            "NAME", name
        ).replace("LABEL", label)
        for name, label in INFOBOX[collection]
    )
    sections = "".join(
        '{{ with .Params.NAME }}<section class="fb-section"><h2 id="NAME">LABEL</h2>\n'
        '{{ partial "items.html" (dict "items" . "name" "NAME" "page" $ "notes" $notes) }}</section>\n{{ end }}'.replace(
            "NAME", name
        ).replace("LABEL", label)
        for name, label in SECTIONS[collection]
    )
    one = collection.removesuffix("s").capitalize()
    return BODY.replace("ROWS", rows).replace("SECTIONS", sections).replace("ONE", one)


BODY = """\
{{- $notes := newScratch -}}{{- range .Params.prose_cites }}{{ $notes.Add "list" (slice .) }}{{ end -}}
<header class="fb-page__head">
<p class="fb-kicker" data-pagefind-ignore>ONE</p>  <h1 class="fb-title" data-pagefind-ignore data-pagefind-meta="title">{{ .Title }}</h1>
<div class="fb-lede" id="lede">{{ .RenderString (dict "display" "block") .Params.lede }}</div>
<p class="fb-fresh" data-pagefind-ignore>
    <span>Verified <time datetime="{{ .Params.verified }}">{{ .Params.verified | time.Format "2 January 2006" }}</time></span>
    <span>Review by <time datetime="{{ .Params.review_by }}">{{ .Params.review_by | time.Format "2 January 2006" }}</time></span>
{{ with .Params.confidence }}<span>{{ . | title }} confidence</span>{{ end }}</p>
</header>
<aside class="fb-page__side" aria-label="At a glance" data-pagefind-ignore><div class="fb-infobox"><h2>At a glance</h2><dl>
{{ with .Params.sort }}<div><dt>Kind</dt> <dd>{{ . | humanize }}</dd></div>{{ end }}
ROWS</dl></div></aside>
<div class="fb-page__body">
SECTIONS
<section class="fb-section fb-prose" id="body">{{ .Content }}</section>
{{ with index (partialCached "reverse.html" .) (printf "/%s/%s" .Section .File.ContentBaseName) }}
<section class="fb-section" data-pagefind-ignore><h2 id="mentioned">Mentioned in</h2>
<ul class="fb-mentions">
{{ range . }}{{ with site.GetPage .from }}<li><a href="../../{{ .Section }}/{{ .File.ContentBaseName }}/">{{ .Title }}</a>{{ end }} <span>{{ .says }}</span></li>
{{ end }}</ul></section>{{ end }}
{{ with $notes.Get "list" }}<section class="fb-section" data-pagefind-ignore><h2 id="sources">Sources</h2>
<ol class="fb-sources">
{{ range $number, $cite := . }}{{ with site.GetPage (printf "/sources/%s" .source) }}<li id="note-{{ add $number 1 }}" value="{{ add $number 1 }}"><a href="../../sources/{{ $cite.source }}/"><cite>{{ .Title }}</cite></a>. {{ .Params.publisher }}, {{ .Date | time.Format "2 January 2006" }}.{{ with $cite.at }} <b>{{ . }}.</b>{{ end }} <small>{{ .Params.origin.value | humanize }}. {{ .Params.interest }} <a href="{{ .Params.address }}" rel="noopener">{{ .Params.address }}</a></small></li>
{{ end }}{{ end }}</ol></section>{{ end }}
<section class="fb-citethis" id="cite-this" tabindex="-1" data-pagefind-ignore>
<h2>Cite this page</h2>
<dl>
<dt>Permalink</dt> <dd>{{ .Permalink }}</dd>
<dt>Chicago</dt> <dd>Bench. “{{ .Title }}.” Last verified {{ .Params.verified | time.Format "January 2, 2006" }}. {{ .Permalink }}.</dd>
<dt>APA</dt> <dd>Bench. ({{ .Params.verified | time.Format "2006, January 2" }}). {{ .Title }}. {{ .Permalink }}.</dd>
</dl>
<details><summary>BibTeX and CSL-JSON</summary>
<pre>@online{bench-{{ .File.ContentBaseName }},
  title = {{ printf "{%s}" .Title }},
  organization = {Bench},
  date = {{ printf "{%s}" .Params.verified }},
  url = {{ printf "{%s}" .Permalink }},
}</pre>
<pre>{{ slice (dict "id" (printf "bench-%s" .File.ContentBaseName) "type" "webpage" "title" .Title "container-title" "Bench" "URL" .Permalink) | jsonify }}</pre></details>
</section></div>
<div hidden data-pagefind-ignore><i data-pagefind-filter="Kind:ONE"></i>{{ with .Params.country }}<i data-pagefind-filter="Country:{{ . }}"></i>{{ end }}</div>
"""
"""What stands inside the shell of a sheet's page."""

LIST = """\
<header class="fb-page__head"><h1 class="fb-title">{{ .Title }}</h1></header>
<div class="fb-page__body"><ul class="fb-list">
{{ range .RegularPages.ByTitle }}<li><a href="{{ .File.ContentBaseName }}/">{{ .Title }}</a> {{ .Params.lede | plainify | truncate 160 }}</li>
{{ end }}</ul></div>"""
PROSE = """\
<header class="fb-page__head"><h1 class="fb-title">{{ .Title }}</h1></header>
<div class="fb-page__body">{{ .Content }}</div>"""
HOME = """\
<header class="fb-page__head"><h1 class="fb-title">{{ .Title }}</h1></header>
<div class="fb-page__body">{{ .Content }}
<ul class="fb-list">{{ range (where site.RegularPages "Section" "events").ByTitle }}<li><time>{{ .Params.happened.date }}</time> <a href="events/{{ .File.ContentBaseName }}/">{{ .Title }}</a></li>
{{ end }}</ul></div>"""

_TARGETS = " ".join(
    f'{{{{ with .item.{field} }}}}{{{{ partial "link.html" (printf "/{collection}/%s" .) }}}}{{{{ end }}}}'
    for field, collection in (
        *(("actor", "actors"), ("of", "actors"), ("regime", "regimes"), ("measure", "measures")),
        *(("event", "events"), ("system", "systems"), ("statement", "statements"), ("term", "terms")),
    )
)
_NESTED = "".join(
    '{{ with .item.NAME }}<p>LABEL</p>{{ partial "items.html" (dict "items" . "name" "NAME" "page" $.page "notes" $.notes) }}{{ end }}'.replace(
        "NAME", name
    ).replace("LABEL", label)
    for name, label in (
        *(
            ("under", "Under"),
            ("forbids", "Forbids"),
            ("burdens", "Burdens"),
            ("does_not_forbid", "Does not forbid"),
        ),
        *(("threshold", "Above"), ("observed", "Last seen"), ("by", "By"), ("outcome", "What came of it")),
    )
)
HEAD = """\
<meta name="description" property="og:description" content="{{ .RenderString .Params.lede | plainify | truncate 200 }}">
<link rel="canonical" href="{{ .Permalink }}"><meta property="og:title" content="{{ .Title }}"><meta property="og:type" content="article">\
<meta property="og:site_name" content="Bench"><meta property="og:url" content="{{ .Permalink }}">\
<meta property="og:image" content="https://example.org/repo/assets/social/{{ .Section }}.png">\
<meta name="twitter:card" content="summary_large_image"><meta name="citation_title" content="{{ .Title }}">\
<meta name="citation_publisher" content="Bench"><meta name="citation_publication_date" content="{{ .Params.verified }}">\
<meta name="citation_language" content="en"><meta name="citation_public_url" content="{{ .Permalink }}">\
<link rel="alternate" type="application/json" href="index.json">
{{ $path := slice (dict "@type" "ListItem" "position" 1 "name" "Home" "item" site.BaseURL) \
(dict "@type" "ListItem" "position" 2 "name" (humanize .Section) "item" (printf "%s%s/" site.BaseURL .Section)) \
(dict "@type" "ListItem" "position" 3 "name" .Title "item" .Permalink) -}}
<script type="application/ld+json">{{ dict "@context" "https://schema.org" "@graph" (slice (dict "@id" (printf "%s#it" .Permalink) \
"@type" "Article" "name" .Title "mainEntityOfPage" (dict "@type" "WebPage" "@id" .Permalink "lastReviewed" .Params.verified)) \
(dict "@type" "BreadcrumbList" "itemListElement" $path)) | jsonify | safeJS }}</script>"""
PAGE_JSON = """\
{{ dict "id" .File.ContentBaseName "collection" .Section "title" .Title "address" .Permalink "fields" .Params "body" .RawContent \
"links_to" (index (partialCached "reverse.html" .) (printf "/%s/%s" .Section .File.ContentBaseName)) | jsonify }}"""
SECTION_JSON = """\
[{{ range $number, $page := .RegularPages }}{{ if $number }},{{ end }}
{{ dict "id" .File.ContentBaseName "title" .Title "address" .Permalink "fields" .Params | jsonify }}{{ end }}]"""
PARTIALS = {
    "head": HEAD,
    "link": '{{ with site.GetPage . }}<a href="../../{{ .Section }}/{{ .File.ContentBaseName }}/">{{ .Title }}</a>{{ end }}',
    "cites": '{{ $notes := .notes }}<span class="fb-cites">{{ range .cite }}{{ $notes.Add "list" (slice .) }}'
    '{{ $n := len ($notes.Get "list") }} <a href="#note-{{ $n }}" aria-label="Source {{ $n }}">{{ $n }}</a>{{ end }}</span>',
    "items": '{{ $ := . }}<ul class="fb-list">\n{{ if reflect.IsSlice .items }}{{ range .items }}<li{{ with .id }} id="{{ $.name }}.{{ . }}"{{ end }}>'
    '{{ partial "item.html" (dict "item" . "page" $.page "notes" $.notes) }}</li>\n{{ end }}{{ else if reflect.IsMap .items }}'
    '<li>{{ partial "item.html" (dict "item" .items "page" .page "notes" .notes) }}</li>\n{{ else }}<li>{{ .items }}</li>{{ end }}</ul>\n',
    "item": '{{ $ := . }}<span class="fb-fact">{{ with .item.kind }}{{ . | humanize }}: {{ end }}{{ with .item.title }}<b>{{ . }}</b> {{ end }}'
    + _TARGETS
    + "{{ with .item.text }}{{ $.page.RenderString . }}{{ end }}"
    + "".join(
        f"{{{{ with .item.{name} }}}} {label}{{{{ . }}}}{{{{ end }}}}"
        for name, label in (
            *(
                ("role", ""),
                ("at", ""),
                ("value", ""),
                ("difference", ""),
                ("criterion", ""),
                ("entry", "entry "),
            ),
            *(
                ("amount", ""),
                ("currency", ""),
                ("period", "in "),
                ("day", ""),
                ("starts", "from "),
                ("ends", "until "),
            ),
            *(("from", "from "), ("until", "until "), ("lang", "")),
        )
    )
    + "{{ with .item.note }} {{ $.page.RenderString . }}{{ end }}"
    + '{{ with .item.cite }}{{ partial "cites.html" (dict "cite" . "notes" $.notes) }}{{ end }}</span>'
    + _NESTED,
    "value": "{{ $ := . }}{{ if reflect.IsSlice .value }}{{ range $i, $each := .value }}{{ if $i }}, {{ end }}"
    '{{ if reflect.IsMap . }}{{ partial "item.html" (dict "item" . "page" $.page "notes" $.notes) }}'
    '{{ else }}{{ partial "any.html" . }}{{ end }}{{ end }}'
    '{{ else if reflect.IsMap .value }}{{ with .value.date }}<time datetime="{{ . }}">{{ . | time.Format "2 January 2006" }}</time>{{ end }}'
    '{{ partial "item.html" (dict "item" .value "page" .page "notes" .notes) }}{{ else }}{{ partial "any.html" .value }}{{ end }}',
    "any": '{{ $found := index (partialCached "ids.html" site) . }}{{ with $found }}{{ partial "link.html" . }}{{ else }}{{ . }}{{ end }}',
    "ids": '{{ $ids := newScratch }}{{ range site.RegularPages }}{{ $ids.SetInMap "map" .File.ContentBaseName (printf "/%s/%s" .Section .File.ContentBaseName) }}'
    '{{ end }}{{ return $ids.Get "map" }}',
    "reverse": "{{ $to := newScratch }}{{ range hugo.Data.links }}{{ $to.Add .to (slice .) }}{{ end }}{{ return $to.Values }}",
    "toc": '<ul class="md-nav__list"><li><a href="#body">In short</a></li>'
    '<li><a href="#mentioned">Mentioned in</a></li>'
    '<li><a href="#sources">Sources</a></li></ul>',
    "neighbours": '<nav class="fb-neighbours" aria-label="Before and after">{{ with .PrevInSection }}<a rel="prev" href="../{{ .File.ContentBaseName }}/">Before: {{ .Title }}</a> {{ end }}'
    '{{ with .NextInSection }}<a rel="next" href="../{{ .File.ContentBaseName }}/">After: {{ .Title }}</a>{{ end }}</nav>',
    "edit": '<p class="fb-edit"><a href="https://example.org/repo/edit/main/content/{{ .File.Path }}">Edit this sheet</a> · '
    '<a href="https://example.org/repo/issues/new?template=correction.yml&amp;title={{ printf "Error on “%s”" .Title }}&amp;page={{ .Permalink }}&amp;sheet={{ .File.Path }}">Report an error</a></p>',
}
