"""Fixtures that several folders of tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.domain.errors import ModelProblem
from assistant.generation.library import embedded_model as find_embedded_model

os.environ["LANGUAGE"] = "en"  # whatever the user's is: tests read English


@pytest.fixture(scope="session")
def embedded_model() -> Path:
    """The chat model that comes with the program, as the bootstrap has put it into models/."""
    try:
        return find_embedded_model(Path(__file__).resolve().parent.parent / "models")
    except ModelProblem as problem:
        pytest.skip(str(problem))
