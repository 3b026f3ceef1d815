"""The page that explains the formats; `tests/docs` runs its examples."""

from __future__ import annotations

import pytest

from kg.export.files import formats
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "exchange.md"


@pytest.mark.skipif(not PAGE.is_file(), reason="the page is not in the source distribution")
def test_page_names_every_format():
    text = PAGE.read_text("utf-8")
    assert [name for name in formats() if f"`{name}`" not in text] == []
