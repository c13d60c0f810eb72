"""What all tests share: where the project lies, and that invented examples are the same in every run."""

from pathlib import Path

import hypothesis
import pytest

hypothesis.settings.register_profile("same-every-run", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("same-every-run")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parents[1]
