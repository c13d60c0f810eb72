"""Prepares `.venv` from the pinned, hashed requirements on first use, and starts the command inside it.

Uses the standard library alone, since nothing else is there yet. A stamp inside `.venv` says what it was
made from; it is taken away before anything changes and written last, so whatever was interrupted has no
stamp, and the next run makes it anew. The tools that only the tests need are added when `build.py test` asks
for them. Why it works this way is in `handbook/decisions/first-use.md`.
What the commands are and do is left to `factbook/commands/`.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import contextmanager
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Sequence

MACHINE_FAILED = 3
"""Exit status where the machine is at fault: Python, disk, network."""
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells count it."""
LINES_OF_PIP = 15
"""How much of pip's own words to print below ours, in lines."""

QUIET_HOST = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
"""Silences announcements about the site generator's future, which no editor can act on."""

NO_PLUGINS = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""No other package has a say in how sheets are read; looking for such takes as long as reading a hundred sheets."""

DISK_FULL = "The disk is full. Free some space (about 400 MB), then run the command again."
WRONG_FILE = (
    "A download was not the file that the requirements record, so it was not installed.\n"
    "Run the command again; if this stays, something on the way from the package index changes files."
)
NO_NETWORK = (
    "The package index cannot be reached.\nCheck the network (or the proxy), then run the command again."
)
NOT_OFFERED = (
    f"A pinned package is not offered for Python {sys.version_info[0]}.{sys.version_info[1]} here.\n"
    "Use Python 3.11, 3.12, 3.13 or 3.14."
)
PIP_FAULTS = (
    ("No space left on device", DISK_FULL),
    ("DO NOT MATCH THE HASHES", WRONG_FILE),
    ("Retrying (", NO_NETWORK),
    ("Max retries exceeded", NO_NETWORK),
    ("ConnectionError", NO_NETWORK),
    ("ProxyError", NO_NETWORK),
    ("SSLError", NO_NETWORK),
    ("timed out", NO_NETWORK),
    ("No matching distribution found", NOT_OFFERED),
)
"""What pip's output shows, and what to tell a person; the first that fits is told."""


class MachineFault(Exception):  # noqa: N818  (the machine is at fault, not the program)
    """Something on this machine stands in the way: what, its cure, and the end of what a tool printed."""

    def __init__(self, sentence: str, output: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.tail = "\n".join(f"  {line}" for line in output.strip().splitlines()[-LINES_OF_PIP:])


class Environment:
    """The `.venv` of one copy of this project."""

    def __init__(self, root: Path) -> None:
        """`root` is the folder that holds build.py, without symbolic links."""
        self.root = root

    @property
    def folder(self) -> Path:
        """Where the packages live."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The interpreter inside."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        """The file that says what the environment was made from; without it nothing is relied on."""
        return self.folder / "made-from.txt"

    def base_made_from(self) -> str:
        """Return what the environment must be made from: requirements, interpreter, place."""
        return "\n".join(
            (
                f"requirements {_digest((self.root / 'requirements.txt').read_bytes())}",
                f"python {os.path.realpath(self.python)}",
                f"folder {self.root}",
            )
        )

    def project_made_from(self) -> str:
        """Return what the installed entry points are made from: the tables that describe the project."""
        import tomllib  # late, as what only a first use needs: most runs find all as it was

        tables = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        return f"project {_digest(repr((tables['build-system'], tables['project'])).encode())}"

    def project_file(self) -> str:
        """Return the file that those tables stand in, by its hash: while it stays, so do they."""
        return f"pyproject {_digest((self.root / 'pyproject.toml').read_bytes())}"

    def tests_made_from(self) -> str:
        """Return what the test tools are made from."""
        return f"tests {_digest((self.root / 'requirements-test.txt').read_bytes())}"

    def is_current(self) -> bool:
        """Whether the environment is whole and made from what the project's files now say."""
        stamp = self.read_stamp()
        return stamp.startswith(self.base_made_from()) and (
            self.project_file() in stamp or self.project_made_from() in stamp
        )

    def read_stamp(self) -> str:
        """Return what the environment was made from; "" where half-made or its Python is gone."""
        try:
            return self.stamp.read_text(encoding="utf-8") if self.python.exists() else ""
        except FileNotFoundError:
            return ""


def main(arguments: Sequence[str]) -> int:
    """Run a command inside `.venv`, which is made first where needed; return its exit status."""
    environment = Environment(Path(__file__).resolve().parents[1])
    os.environ.update(QUIET_HOST | NO_PLUGINS)
    try:
        prepare(environment)
    except MachineFault as fault:
        return report(fault)
    except OSError as fault:
        return report(disk_fault(environment, fault))
    except KeyboardInterrupt:
        _say("Stopped while preparing .venv. Nothing is lost: the next run makes it anew.")
        return INTERRUPTED
    # Isolated: neither the folder one stands in nor PYTHONPATH can put other modules in place of ours.
    command = [str(environment.python), "-I", "-X", "utf8", "-m", "factbook", *arguments]
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606  (no shell is what we want)
    import subprocess

    return subprocess.call(command)  # on Windows, exec returns to the shell before the command is done


def prepare(environment: Environment) -> None:
    """Make `.venv` where it is missing, half-made or out of date; quick when there is nothing to do."""
    if environment.is_current():
        return
    with _alone(environment):
        if environment.is_current():  # another run was faster
            return
        if not environment.read_stamp().startswith(environment.base_made_from()):
            _make(environment)
        _install_project(environment)


def add_test_tools(environment: Environment) -> None:
    """Install what `build.py test` needs on top, unless it is there."""
    if environment.tests_made_from() in environment.read_stamp():
        return
    with _alone(environment):
        if environment.tests_made_from() in environment.read_stamp():
            return
        _say("Adding the test tools to .venv (first use, or their list changed).")
        with _changing(environment, environment.tests_made_from()):
            # The list is complete but for what it leaves out on purpose, so pip is not to follow what packages ask for.
            words = ("--require-hashes", "--no-deps", "--only-binary", ":all:")
            _pip(environment, *words, "-r", "requirements-test.txt")


def forget_stamp() -> None:
    """Have the next run make `.venv` anew, since something in it turned out to be missing."""
    Environment(Path(__file__).resolve().parents[1]).stamp.unlink(missing_ok=True)


def report(fault: MachineFault) -> int:
    """Print what stands in the way and return the exit status that says so."""
    _say(fault.sentence + (f"\nWhat the tool said last:\n{fault.tail}" if fault.tail else ""))
    return MACHINE_FAILED


def disk_fault(environment: Environment, fault: OSError) -> MachineFault:
    """Put an error of the file system into a sentence with its cure."""
    place = fault.filename or environment.folder
    return MachineFault(
        f"Could not prepare .venv: {fault.strerror or fault} ({place}).\n"
        f"See that {environment.root} can be written to and the disk has room, then run the command again."
    )


def _make(environment: Environment) -> None:
    """Make the environment from nothing and install the pinned requirements."""
    try:
        import ensurepip  # noqa: F401  (asked for, not used: Debian ships Python without it)
        import venv  # noqa: F401
    except ImportError:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise MachineFault(
            f"This Python {version} comes without its venv module, which build.py needs to make .venv.\n"
            f"On Debian or Ubuntu: apt install python{version}-venv. Then run the command again."
        ) from None
    again = " anew" if os.path.lexists(environment.folder) else ""
    _say(f"Making .venv{again} from requirements.txt, about half a minute; later runs start at once.")
    _remove(environment)
    # The Python that the running one was itself made from, in case that is the .venv just removed.
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = _run([base, "-m", "venv", str(environment.folder)], environment)
    if made.returncode:
        raise MachineFault(
            "Python could not make a virtual environment in .venv.\n"
            "On Debian or Ubuntu: apt install python3-venv. Elsewhere, see what it said below.",
            made.stdout,
        )
    _pip(environment, "--require-hashes", "--only-binary", ":all:", "-r", "requirements.txt")
    _write_stamp(environment, environment.base_made_from())


def _install_project(environment: Environment) -> None:
    """Install this project itself in place, without the network, so that MkDocs finds its plugin."""
    with _changing(environment, environment.project_made_from(), environment.project_file()):
        _pip(environment, "--no-deps", "--no-index", "--no-build-isolation", "--editable", ".")


@contextmanager
def _changing(environment: Environment, *lines: str) -> Iterator[None]:
    """Take the stamp away while packages change; put it back with the lines added or put in place of their like.

    A clean refusal by pip leaves things as they were, and so the old stamp; an interruption leaves none.
    """
    before = environment.read_stamp()
    environment.stamp.unlink(missing_ok=True)
    try:
        yield
    except MachineFault:
        _write_stamp(environment, before)
        raise
    subjects = tuple(line.partition(" ")[0] + " " for line in lines)
    kept = [old for old in before.splitlines() if not old.startswith(subjects)]
    _write_stamp(environment, "\n".join((*kept, *lines)))


def _write_stamp(environment: Environment, text: str) -> None:
    draft = environment.stamp.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(environment.stamp)


def _remove(environment: Environment) -> None:
    """Remove what stands at `.venv`, its stamp first."""
    if environment.folder.is_symlink() or environment.folder.is_file():
        environment.folder.unlink()
    elif environment.folder.exists():
        import shutil

        environment.stamp.unlink(missing_ok=True)
        shutil.rmtree(environment.folder)


def _pip(environment: Environment, *arguments: str) -> None:
    """Run `pip install` inside the environment, from the project's folder; quiet unless it fails."""
    pip = [str(environment.python), "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    done = _run([*pip, *arguments], environment)
    if done.returncode:
        for sign, sentence in PIP_FAULTS:
            if sign in done.stdout:
                raise MachineFault(
                    f"Could not prepare .venv: {sentence[0].lower()}{sentence[1:]}", done.stdout
                )
        raise MachineFault(
            "Could not prepare .venv: pip stopped. Mend what it names below, then run the command again.",
            done.stdout,
        )


def _run(command: list[str], environment: Environment) -> subprocess.CompletedProcess[str]:
    """Run a tool with its output kept; it holds our lock too, so the lock lasts as long as the tool does."""
    import subprocess

    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        command,
        cwd=environment.root,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        pass_fds=tuple(_held) if os.name != "nt" else (),
    )


_held: list[int] = []
"""The lock's file descriptor while this process holds it."""


@contextmanager
def _alone(environment: Environment) -> Iterator[None]:
    """Hold the lock that lets one run at a time change `.venv`; the system frees it when its holder ends."""
    with (environment.root / ".venv.lock").open("a+b") as lock:
        if not _try_lock(lock.fileno()):
            _say("Another run is preparing .venv; waiting for it.")
            _wait_for_lock(lock.fileno())
        _held.append(lock.fileno())
        try:
            yield
        finally:
            _held.clear()


if sys.platform == "win32":
    import msvcrt
    import time

    def _try_lock(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_for_lock(descriptor: int) -> None:
        while not _try_lock(descriptor):
            time.sleep(0.2)
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait_for_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
