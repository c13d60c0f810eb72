"""What is weighed: our engine, Hugo and the usual MkDocs set-up, each with the commands that build one publication.

All three get the same sheets. Building them up is left to `sheets`, `hugo` and `usual`; which runs are compared, to `run`.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bench import hugo, sheets
from bench.measuring import CommandError, Cost, weigh
from bench.tools import HERE, ROOT, Tools

_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
_SERVER_SECONDS = 600.0


class Ours:
    """The engine, each time as a new process of `build.py`."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.number = folder, number
        self.site = folder / "site"
        shutil.rmtree(folder, ignore_errors=True)
        self.plan = sheets.write(number, folder)

    def forget(self, *, site: bool = True) -> None:
        """Removes everything that earlier builds left."""
        shutil.rmtree(self.folder / ".cache", ignore_errors=True)
        if site:
            shutil.rmtree(self.site, ignore_errors=True)

    def build(self, *options: str) -> Cost:
        return self._run("build", "--site-dir", str(self.site), *options)

    def check(self) -> Cost:
        return self._run("check")

    def serve(self, changes: int) -> list[float]:
        """Seconds from a saved change to the page being ready, as `serve` itself prints them."""
        said = Resident([*self._command("serve"), "--no-search", "--port", "0"], ROOT, "Preview at ")
        with said:
            return [
                said.after(partial(self.change, n + 500), r"taken in, ([\d.]+) s") for n in range(changes)
            ]

    def change(self, turn: int) -> None:
        """Adds a sentence, that no other page shows, to the body of a sheet; another sheet each turn."""
        add_to_body(self._event(turn), turn)

    def reword(self, turn: int) -> None:
        """Changes the words of a fact that the timeline shows, of another event each turn."""
        _sub(self._event(turn + 300), r"(facts:\n  - id: \S+\n    text: >-\n      )(\S+)", r"\1At last \2")

    def retitle(self, turn: int) -> None:
        """Changes the title of another event each turn, which pages and lists show that name it."""
        _sub(self._event(turn + 400), r"^title: (.*)$", r"title: \1 again")

    def add(self, turn: int) -> None:
        """Adds an event, much like another of the same day."""
        path = self._event(turn + 500)
        text = re.sub(r"(?m)^title: ", "title: Again, ", path.read_text("utf-8"), count=1)
        path.with_stem(f"{path.stem}-again").write_text(text, "utf-8")

    def _event(self, turn: int) -> Path:
        ids = self.plan.ids["events"]
        return self.folder / "content" / "events" / f"{ids[(turn * 37 + 1) % len(ids)]}.yml"

    def rename_hub(self, turn: int) -> None:
        """Changes the short title of the source that most pages cite."""
        path = self.folder / "content" / "sources" / f"{self.plan.ids['sources'][0]}.yml"
        _sub(path, r"^title: .*$", f"title: The hub as it is called the {turn}th time")

    def _run(self, *words: str) -> Cost:
        return weigh([*self._command(words[0]), *words[1:]], ROOT)

    def words(self, name: str) -> list[str]:
        """What `build.py` is told for this publication."""
        return [name, "-f", str(self.folder / "mkdocs.yml"), "--as-of", sheets.AS_OF]

    def _command(self, name: str) -> list[str]:
        return [sys.executable, "build.py", *self.words(name)]


class Hugo:
    """Hugo with a content file for each sheet, and Pagefind after it."""

    def __init__(self, folder: Path, tools: Tools, ours: Ours) -> None:
        self.folder, self.tools, self.plan = folder, tools, ours.plan
        self.site = folder / "public"
        hugo.write(ours.plan, folder, ours.site)
        self.cache = folder.with_name(f"{folder.name}-cache")

    def forget(self) -> None:
        for path in (self.site, self.cache, self.folder / "resources"):
            shutil.rmtree(path, ignore_errors=True)

    def build(self) -> Cost:
        return weigh(self._command(), self.folder)

    def build_with_search(self) -> Cost:
        pagefind = [str(self.tools.pagefind), "--site", "public", "--quiet", "--force-language", "en"]
        script = 'import subprocess,sys; a=sys.argv; n=a.index("--then"); subprocess.run(a[1:n],check=True); subprocess.run(a[n+1:],check=True)'
        return weigh([sys.executable, "-c", script, *self._command(), "--then", *pagefind], self.folder)

    def serve(self, changes: int) -> list[float]:
        """Seconds that Hugo's server says each rebuild took after one content file changed."""
        command = [
            *self._command(),
            "server",
            "--port",
            str(13130 + os.getpid() % 500),
            "--bind",
            "127.0.0.1",
        ]
        with Resident(
            [word for word in command if word != "--quiet"], self.folder, "Web Server is available"
        ) as said:
            return [
                said.after(partial(self.change, n + 700), r"Total in (\d+) ms") / 1000 for n in range(changes)
            ]

    def change(self, turn: int) -> None:
        ids = self.plan.ids["events"]
        path = self.folder / "content" / "events" / f"{ids[(turn * 37 + 1) % len(ids)]}.md"
        path.write_text(
            f"{path.read_text('utf-8').rstrip()} The quay was named again, turn {turn}.\n", "utf-8"
        )

    def _command(self) -> list[str]:
        return [str(self.tools.hugo), "--quiet", "--cacheDir", str(self.cache)]


class Usual:
    """A script with `yaml.safe_load`, Markdown files, MkDocs and Material."""

    def __init__(self, folder: Path, tools: Tools, ours: Ours) -> None:
        self.folder, self.tools, self.content = folder, tools, ours.folder / "content"
        self.site = folder / "site"

    def build(self, *, in_nav: bool) -> Cost:
        """From nothing: the script, then `mkdocs build`."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        script = (
            "import subprocess,sys; from pathlib import Path; from bench import usual; c,f,n,m=sys.argv[1:5]; "
            "usual.write(Path(c),Path(f),in_nav=n=='nav'); subprocess.run([m,'build','-q'],cwd=f,check=True)"
        )
        words = [self.content, self.folder, "nav" if in_nav else "outside", self.tools.mkdocs]
        return weigh([self.tools.python, "-c", script, *words], HERE.parent, _QUIET)


class Resident:
    """A server that says in its output how long each rebuild took."""

    def __init__(self, command: Sequence[str], folder: Path, ready: str) -> None:
        self.command, self.folder, self.ready = command, folder, ready

    def __enter__(self) -> Resident:
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self._said = b""
        self._wait_for(re.escape(self.ready))
        time.sleep(1)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(30)

    def after(self, change: Callable[[], None], pattern: str) -> float:
        """Makes a change and returns the number that the server then says."""
        self._said = b""
        change()
        number = float(self._wait_for(pattern))
        time.sleep(0.5)
        return number

    def _wait_for(self, pattern: str) -> str:
        until = time.monotonic() + _SERVER_SECONDS
        out = self.process.stdout
        while out and time.monotonic() < until and self.process.poll() is None:
            if select.select([out], [], [], 1)[0]:
                self._said += os.read(out.fileno(), 65536)
            if found := re.search(pattern, self._said.decode("utf-8", "replace")):
                return found[1] if found.re.groups else found[0]
        raise CommandError(
            f"{self.command[0]} never said {pattern}:\n{self._said.decode('utf-8', 'replace')[-2000:]}"
        )


def _sub(path: Path, pattern: str, text: str) -> None:
    before = path.read_text("utf-8")
    after = re.sub(f"(?m){pattern}", text, before, count=1)
    if after == before:
        raise CommandError(f"{path} has nothing like {pattern}.")
    path.write_text(after, "utf-8")


def add_to_body(path: Path, turn: int) -> None:
    """Adds a sentence to the body of a sheet, which is the text before the grade of confidence."""
    text = path.read_text("utf-8")
    before, mark, after = text.partition("\nconfidence: ")
    if not mark:
        raise CommandError(f"{path} has no body to change.")
    path.write_text(
        f"{before}\n  The quay was named again, turn {'i' * (turn % 9 + 1)}.{mark}{after}", "utf-8"
    )


def load_with_pyyaml(folder: Path, python: Path) -> Cost:
    """PyYAML's C loader alone: reads the same sheets one after the other on one core, and forgets them."""
    script = (
        "import sys,yaml; from pathlib import Path\n"
        "for path in sorted(Path(sys.argv[1]).glob('*/*.yml')):\n"
        "    yaml.load(path.read_bytes(), yaml.CSafeLoader)"
    )
    return weigh([python, "-c", script, folder / "content"], ROOT)
