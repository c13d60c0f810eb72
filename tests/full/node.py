"""The programs of Node that tests use, installed once from the locked list into the cache; and Java, for the one that needs it."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from filelock import FileLock

HERE = Path(__file__).parent
LISTS = ("package.json", "package-lock.json")
GET_NODE = (
    "Node 20 or newer with npm is not installed, and what `build.py test --full` adds needs it. On Debian or Ubuntu run, "
    "as root: apt-get install -y nodejs npm. Elsewhere see nodejs.org. Without it: build.py test."
)
GET_JAVA = (
    "Java 17 or newer is not installed, and the HTML checker needs it. On Debian or Ubuntu run, as root: "
    "apt-get install -y --no-install-recommends openjdk-17-jre-headless. Without it: build.py test."
)


def installed(cache: Path) -> Path:
    """The folder `node_modules` with all that the list names; fails with what to do where that cannot be had."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        pytest.fail(GET_NODE, pytrace=False)
    name = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in LISTS)).hexdigest()[:16]
    folder = cache / f"node-{name}"
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "node.lock"):
        if not (folder / "done").exists():
            _install(npm, folder)
    return folder / "node_modules"


def java() -> str:
    """The program that runs Java; fails with what to do where there is none."""
    found = shutil.which("java")
    if not found:
        pytest.fail(GET_JAVA, pytrace=False)
    return found


def _install(npm: str, folder: Path) -> None:
    for old in folder.parent.glob("node-*"):
        shutil.rmtree(old)
    folder.mkdir()
    for name in LISTS:
        shutil.copy(HERE / name, folder)
    said = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode:
        pytest.fail(f"npm could not install what these tests need:\n{said.stderr[-600:]}", pytrace=False)
    (folder / "done").touch()
