"""The address holds what is shown: for links, for the back button, and for who edits it by hand."""

from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.browser


def show(watched, words: str) -> None:
    watched.search(words)
    watched.page.keyboard.press("Enter")
    watched.page.locator(".status .note").get_by_text(words).wait_for()
    watched.settle()


def test_link_shows_the_same_elsewhere(watched):
    watched.explore()
    show(watched, "Bo Cole")
    status, address = watched.status().removesuffix(" Bo Cole: all 3 neighbours"), watched.page.url
    other = watched.page.context.new_page()
    other.goto(address)
    other.locator(".status").get_by_text(status).wait_for()
    assert other.title() == f"Bo Cole · {watched.page.title().rpartition(' · ')[2]}"


def test_back_and_forward_go_through_what_was_shown(watched):
    watched.explore()
    show(watched, "Bo Cole")
    show(watched, "Sudland")
    watched.page.go_back()
    assert watched.scene()["selected"] == ["Bo_Cole"]
    watched.page.go_back()
    assert watched.scene() == {}
    watched.settle()
    assert watched.status() == "13 of 13 entities, 16 of 16 relations shown"
    watched.page.go_forward()
    assert watched.scene()["selected"] == ["Bo_Cole"]


def test_what_the_back_button_left_can_be_redone(watched):
    watched.explore()
    show(watched, "Bo Cole")
    watched.page.go_back()
    redo = watched.page.get_by_role("button", name="Redo", exact=True)
    assert redo.is_enabled()
    redo.click()
    assert watched.scene()["selected"] == ["Bo_Cole"]


def test_address_edited_by_hand_is_followed(watched):
    watched.explore()
    watched.page.evaluate("location.hash = 'entity=Ana_Bell&entity=Bo_Cole&mood=good&most=x'")
    watched.page.locator(".status").get_by_text("2 of 13 entities").wait_for()


def test_entity_that_the_graph_lacks_is_told_and_the_rest_shown(watched):
    watched.may_say("404")
    watched.explore("entity=Nobody&entity=Ana_Bell&entity=no%20one&entity=Bo_Cole&selected=Nobody")
    watched.page.get_by_text("The graph has no Nobody, no one, which").wait_for()
    watched.page.get_by_text("The rest is shown.").wait_for()
    assert watched.scene() == {"entity": ["Ana_Bell", "Bo_Cole"]}
    assert watched.status().startswith("2 of 13 entities")
    assert watched.page.get_by_role("button", name="Undo", exact=True).is_disabled()


def test_strongest_are_shown_where_all_are_missing(watched):
    watched.may_say("404")
    watched.explore("entity=Nobody")
    watched.page.get_by_text("The strongest are shown instead.").wait_for()
    assert watched.status().startswith("13 of 13 entities")


def test_entities_are_named_by_iri_too(watched):
    watched.explore(urlencode({"entity": "https://w3id.org/actors-kg/entity/Ana_Bell"}))
    watched.page.wait_for_url("**/#entity=Ana_Bell")


@pytest.mark.parametrize("entity", ["Zoë_Ğuliç", "Lake_process", "script"])
def test_ids_of_any_characters_are_read(watched, entity):
    watched.explore(urlencode({"entity": entity, "selected": entity}))
    assert watched.status().startswith("1 of 13 entities")
    assert watched.scene() == {"entity": [entity], "selected": [entity]}


def test_term_that_the_ontology_lacks_can_be_taken_back(watched):
    watched.may_say("400|404")
    watched.open("#property=sings")
    alert = watched.page.get_by_role("alert")
    alert.get_by_text("sings").wait_for()
    alert.get_by_role("button", name="Remove filters").click()
    watched.settle()
    assert watched.scene() == {}


def test_long_address_is_read_to_its_end(watched):
    watched.may_say("404")
    many = [f"nobody-{number:03}-of-a-rather-long-name" for number in range(100)]
    watched.explore(urlencode([("entity", one) for one in ["Ana_Bell", *many, "Bo_Cole"]]))
    watched.page.get_by_text("and 97 others").wait_for()
    assert watched.scene() == {"entity": ["Ana_Bell", "Bo_Cole"]}


def test_hidden_ones_can_all_be_shown_again(watched):
    watched.open("#entity=Ana_Bell&hide=Ana_Bell")
    watched.page.get_by_role("button", name="Show it").click()
    watched.settle()
    assert watched.scene() == {"entity": ["Ana_Bell"]}
