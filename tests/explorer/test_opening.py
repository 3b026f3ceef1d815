"""The explorer opens and says how much it shows."""

import pytest

pytestmark = pytest.mark.browser


def test_page_says_how_much_of_the_graph_it_shows(watched):
    watched.open()
    watched.page.get_by_role("status").get_by_text("entities").wait_for()
    assert watched.page.locator("canvas").count() > 0
    watched.keep("opening")
