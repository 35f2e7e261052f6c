"""Whole visits need the directory and the gazetteer; the page needs a browser."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.e2e.window import browser


@pytest.fixture
def template() -> str:
    """The database is filled already, as after a first start."""
    return "filled"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened() -> AsyncIterator[Browser]:
    """One browser for the tests of a file, each with a window that knows nothing of the others."""
    async with browser() as found:
        yield found
