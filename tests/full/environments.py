"""Environments for libraries too heavy for the engine: each is made once from its hashed list, and kept in the cache."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock


def python_with(root: Path, name: str) -> Path:
    """The Python of an environment that has what `requirements-NAME.txt` lists, and nothing else."""
    cache, requirements = root / ".cache", root / f"requirements-{name}.txt"
    key = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:16]
    folder = cache / f"{name}-{key}"
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / f"{name}.lock"):
        if not (folder / "done").exists():
            for old in cache.glob(f"{name}-*"):
                shutil.rmtree(old)
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            words = ["install", "--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r"]
            said = subprocess.run(
                [folder / "bin/python", "-m", "pip", *words, requirements],
                capture_output=True,
                text=True,
                check=False,
            )
            if said.returncode:
                pytest.fail(
                    f"pip could not install {requirements.name}:\n{said.stderr[-600:]}", pytrace=False
                )
            (folder / "done").touch()
    return folder / "bin" / "python"
