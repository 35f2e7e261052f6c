"""Whole visits need the directory and the gazetteer."""

import pytest


@pytest.fixture
def template() -> str:
    """The database is filled already, as after a first start."""
    return "filled"
