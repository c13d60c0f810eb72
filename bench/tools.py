"""The programs that the engine is weighed against: an environment of their own beside this file, made from pinned, hashed requirements."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
REQUIREMENTS = HERE / "requirements.txt"


@dataclass(frozen=True)
class Tools:
    """Where the programs are. Those of Hugo and Pagefind are started directly, without Python in between."""

    python: Path
    mkdocs: Path
    hugo: Path
    pagefind: Path


def tools() -> Tools:
    """The programs; on first use, or when the requirements changed, their environment is made (half a minute)."""
    folder = HERE / ".venv"
    stamp, wanted = folder / "made-from.txt", REQUIREMENTS.read_text("utf-8")
    python = folder / "bin" / "python"
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        print(f"Making {folder} from {REQUIREMENTS.name} …", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        install = [
            *("-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "--only-binary", ":all:", "-r", str(REQUIREMENTS)),
        ]
        subprocess.run([str(python), *install], check=True)
        stamp.write_text(wanted, "utf-8")
    packages = next((folder / "lib").glob("python*")) / "site-packages"
    return Tools(
        python,
        folder / "bin" / "mkdocs",
        packages / "hugo" / "binaries" / "hugo",
        packages / "pagefind_bin" / "pagefind",
    )


def machine() -> str:
    """The machine in a sentence: processor, cores, system, versions of what is weighed."""
    cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text("utf-8"), re.MULTILINE)
    pinned = dict(re.findall(r"^([a-z-]+)==(\S+)", REQUIREMENTS.read_text("utf-8"), re.MULTILINE))
    names = {
        "hugo": "Hugo",
        "pagefind": "Pagefind",
        "mkdocs": "MkDocs",
        "mkdocs-material": "Material",
        "pyyaml": "PyYAML",
    }
    versions = ", ".join(f"{label} {pinned[name]}" for name, label in names.items())
    return (
        f"{_cores()} cores ({cpu[1] if cpu else 'unknown'}), {int(memory[1]) // 1024**2 if memory else '?'} GB, "
        f"{platform.system()} {platform.release()}, Python {sys.version.split()[0]}, {versions}"
    )


def _cores() -> int:
    return len(os.sched_getaffinity(0))
