"""The first use of `build.py`: what it makes, what it says where the machine fails it, how it recovers.

Each test runs the real `build.py` with the real `venv` and `pip` on a small project of its own, whose one
requirement is a package made here; no network is asked.
"""

import ast
import base64
import hashlib
import os
import runpy
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from factbook import bootstrap

ROOT = Path(__file__).resolve().parents[1]

MAKING = "Making .venv from requirements.txt, about half a minute; later runs start at once.\n"
MAKING_ANEW = MAKING.replace(".venv", ".venv anew")
RAN = "ran: check --strict\n"

BACKEND = """
import zipfile

ABOUT = {
    "METADATA": ("Metadata-Version: 2.1", "Name: factbook", "Version: 1"),
    "WHEEL": ("Wheel-Version: 1.0", "Root-Is-Purelib: true", "Tag: py3-none-any"),
    "RECORD": (),
}

def build_editable(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(f"{folder}/factbook-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("factbook.pth", __file__.rpartition("/")[0])
        for name, lines in ABOUT.items():
            wheel.writestr("factbook-1.dist-info/" + name, "\\n".join(lines))
    return "factbook-1-py3-none-any.whl"
"""
"""Installs a project in place, as flit does for the real one."""

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "factbook"
version = "1"
"""


@dataclass
class Project:
    """A small project with the real bootstrap, and packages to install beside it."""

    folder: Path
    packages: Path
    surroundings: dict[str, str] = field(default_factory=dict)

    def run(self, **surroundings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command, env=self.env(**surroundings), text=True, capture_output=True, check=False
        )

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command,
            env=self.env(),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def command(self) -> list[str]:
        return [sys.executable, str(self.folder / "build.py"), "check", "--strict"]

    def env(self, **surroundings: str) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
        pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.packages), "PIP_CONFIG_FILE": os.devnull}
        return plain | pip | self.surroundings | surroundings

    def require(self, version: str) -> None:
        """Pin the one package that the project needs, with its hash."""
        wheel = self.packages / f"needed-{version}-py3-none-any.whl"
        self.packages.mkdir(exist_ok=True)
        about = f"needed-{version}.dist-info"
        files = {
            "needed.py": f"VERSION = {version!r}\n",
            f"{about}/METADATA": f"Metadata-Version: 2.1\nName: needed\nVersion: {version}\n",
            f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(f"{name},sha256={_hash(text)},{len(text)}\n" for name, text in files.items())
        with zipfile.ZipFile(wheel, "w") as archive:
            for name, text in (*files.items(), (f"{about}/RECORD", f"{record}{about}/RECORD,,\n")):
                archive.writestr(name, text)
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        (self.folder / "requirements.txt").write_text(f"needed=={version} --hash=sha256:{digest}\n")


def _hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def _project(place: Path) -> Project:
    folder = place / "a project"  # a blank in the path, as people have them
    (folder / "factbook").mkdir(parents=True)
    shutil.copy(ROOT / "build.py", folder)
    shutil.copy(ROOT / "factbook" / "bootstrap.py", folder / "factbook")
    (folder / "factbook" / "__init__.py").touch()
    (folder / "factbook" / "__main__.py").write_text("import needed, sys\nprint('ran:', *sys.argv[1:])\n")
    (folder / "backend.py").write_text(BACKEND)
    (folder / "pyproject.toml").write_text(PYPROJECT)
    project = Project(folder, place / "packages")
    project.require("1.0")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project as it is after `git clone`."""
    return _project(tmp_path)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project that was used before; tests leave it in working order."""
    project = _project(tmp_path_factory.mktemp("used"))
    first = project.run()
    assert (first.returncode, first.stdout, first.stderr) == (0, RAN, MAKING)
    yield project
    again = project.run()
    assert (again.returncode, again.stdout) == (0, RAN)


def _said(done: subprocess.CompletedProcess[str]) -> str:
    """What a person reads of a failure, without the end of pip's own words."""
    return done.stderr.partition("What the tool said last:")[0]


def test_later_runs_install_nothing_and_say_nothing(used: Project) -> None:
    again = used.run(PIP_FIND_LINKS="/nowhere")
    assert (again.returncode, again.stdout, again.stderr) == (0, RAN, "")


def test_later_runs_add_little_time(used: Project) -> None:
    def seconds(command: list[str]) -> float:
        started = time.monotonic()
        subprocess.run(command, env=used.env(), capture_output=True, check=True)
        return time.monotonic() - started

    python = str(bootstrap.Environment(used.folder).python)
    alone = min(seconds([python, "-I", "-X", "utf8", "-m", "factbook"]) for _ in range(5))
    whole = min(seconds(used.command) for _ in range(5))
    assert whole - alone < 0.3


def test_where_one_stands_does_not_change_what_runs(used: Project, tmp_path: Path) -> None:
    (tmp_path / "needed.py").write_text("raise SystemExit('the wrong one')")
    elsewhere = subprocess.run(
        used.command,
        cwd=tmp_path,
        env=used.env(PYTHONPATH=str(tmp_path)),
        text=True,
        capture_output=True,
        check=False,
    )
    assert (elsewhere.returncode, elsewhere.stdout) == (0, RAN)


def test_new_requirements_make_the_environment_anew(used: Project) -> None:
    used.require("2.0")
    again = used.run()
    assert (again.returncode, again.stdout, again.stderr) == (0, RAN, MAKING_ANEW)
    python = str(bootstrap.Environment(used.folder).python)
    shown = subprocess.run(
        [python, "-c", "import needed; print(needed.VERSION)"], text=True, capture_output=True, check=True
    )
    assert shown.stdout == "2.0\n"


def test_a_changed_project_table_is_installed_again_without_a_new_environment(used: Project) -> None:
    kept = used.folder / ".venv" / "kept"
    kept.touch()
    (used.folder / "pyproject.toml").write_text(PYPROJECT + 'description = "changed"\n')
    again = used.run()
    assert (again.returncode, again.stdout, again.stderr) == (0, RAN, "")
    assert kept.exists()


def test_other_tables_of_the_project_file_change_nothing(used: Project) -> None:
    text = (used.folder / "pyproject.toml").read_text()
    (used.folder / "pyproject.toml").write_text(text + "[tool.ruff]\nline-length = 110\n")
    again = used.run(PIP_FIND_LINKS="/nowhere")
    assert (again.returncode, again.stdout, again.stderr) == (0, RAN, "")


def test_the_environment_of_a_copied_project_does_not_fit_the_copy(used: Project, tmp_path: Path) -> None:
    copy = shutil.copytree(used.folder, tmp_path / "copy", symlinks=True)
    fits = [bootstrap.Environment(folder).is_current() for folder in (used.folder.resolve(), copy.resolve())]
    assert fits == [True, False]


def test_an_environment_whose_python_is_gone_does_not_fit(used: Project, tmp_path: Path) -> None:
    python = bootstrap.Environment(used.folder.resolve()).python
    real = python.readlink()
    python.unlink()
    python.symlink_to(tmp_path / "gone")
    try:
        assert not bootstrap.Environment(used.folder.resolve()).is_current()
    finally:
        python.unlink()
        python.symlink_to(real)


@pytest.mark.parametrize("left", ["a folder without packages", "a dead link"])
def test_a_half_made_environment_is_made_anew(project: Project, left: str) -> None:
    venv = project.folder / ".venv"
    if left == "a dead link":
        venv.symlink_to(project.folder / "gone")
    else:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    again = project.run()
    assert (again.returncode, again.stdout, again.stderr) == (0, RAN, MAKING_ANEW)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "killed"])
def test_a_first_use_that_was_interrupted_recovers(project: Project, how: signal.Signals) -> None:
    running = project.start()
    deadline = time.monotonic() + 20
    while not (project.folder / ".venv" / "pyvenv.cfg").exists():
        assert running.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(running.pid, how)
    _, said = running.communicate(timeout=20)
    if how is signal.SIGINT:
        assert running.returncode == 130
        assert (
            said == MAKING + "Stopped while preparing .venv. Nothing is lost: the next run makes it anew.\n"
        )
    again = project.run()
    assert (again.returncode, again.stdout, again.stderr) == (0, RAN, MAKING_ANEW)


def test_two_first_uses_at_once_do_not_harm_each_other(project: Project) -> None:
    both = [project.start(), project.start()]
    ended = [(*process.communicate(timeout=60), process.returncode) for process in both]
    assert [(out, status) for out, _, status in ended] == [(RAN, 0), (RAN, 0)]
    waited = "Another run is preparing .venv; waiting for it.\n"
    assert sorted(said for _, said, _ in ended) == sorted([waited, MAKING])


def test_without_a_network_it_says_so_and_the_next_run_recovers(project: Project) -> None:
    nowhere = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1"}
    failed = project.run(**nowhere, PIP_FIND_LINKS="")
    assert failed.returncode == 3
    assert _said(failed) == (
        f"{MAKING}Could not prepare .venv: the package index cannot be reached.\n"
        "Check the network (or the proxy), then run the command again.\n"
    )
    again = project.run()
    assert (again.returncode, again.stdout) == (0, RAN)


def test_a_download_that_does_not_match_its_hash_is_refused(project: Project) -> None:
    (project.folder / "requirements.txt").write_text(f"needed==1.0 --hash=sha256:{'0' * 64}\n")
    failed = project.run()
    assert failed.returncode == 3
    assert _said(failed) == (
        f"{MAKING}Could not prepare .venv: a download was not the file that the requirements record, "
        "so it was not installed.\n"
        "Run the command again; if this stays, something on the way from the package index changes files.\n"
    )


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_its_venv_module_is_told_how_to_get_it(
    project: Project, tmp_path: Path, missing: str
) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / f"{missing}.py").write_text("raise ImportError")
    failed = project.run(PYTHONPATH=str(tmp_path / "without"))
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert (failed.returncode, failed.stderr) == (
        3,
        f"This Python {version} comes without its venv module, which build.py needs to make .venv.\n"
        f"On Debian or Ubuntu: apt install python{version}-venv. Then run the command again.\n",
    )


def test_a_disk_that_refuses_is_a_sentence(project: Project) -> None:
    (project.folder / ".venv.lock").mkdir()
    failed = project.run()
    assert (failed.returncode, failed.stderr) == (
        3,
        f"Could not prepare .venv: Is a directory ({project.folder}/.venv.lock).\n"
        f"See that {project.folder} can be written to and the disk has room, then run the command again.\n",
    )


def test_pip_without_room_on_the_disk_is_told_as_that() -> None:
    said = dict(bootstrap.PIP_FAULTS)["No space left on device"]
    assert said == "The disk is full. Free some space (about 400 MB), then run the command again."


@pytest.mark.parametrize("newer", [True, False])
def test_a_python_that_is_too_old_is_told_so(
    newer: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if newer:
        (tmp_path / "python3.12").symlink_to("/bin/true")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(ROOT / "build.py"), run_name="__main__")
    assert stopped.value.code == 3
    cure = (
        "This machine also has a newer one; run: python3.12 build.py"
        if newer
        else "On Debian or Ubuntu: apt install python3.11 python3.11-venv. Elsewhere, see python.org."
    )
    assert capsys.readouterr().err == f"build.py needs Python 3.11 or newer; this is Python 3.9.2.\n{cure}\n"


def test_every_python_can_read_build_py() -> None:
    tree = ast.parse((ROOT / "build.py").read_text(encoding="utf-8"), feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.AsyncFunctionDef, ast.NamedExpr, ast.Starred, ast.Nonlocal)
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, newer)] == []
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert [function.name for function in functions if function.returns or function.args.args] == []
    assert (ROOT / "build.py").read_bytes().isascii()
