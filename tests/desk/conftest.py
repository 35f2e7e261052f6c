"""Desks are played with the project's own directory and texts."""

from __future__ import annotations

import pytest


@pytest.fixture
def template() -> str:
    """A database that holds the project's own data."""
    return "filled"
