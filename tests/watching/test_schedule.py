"""When feeds are asked, what is remembered of them, and which they are."""

from __future__ import annotations

import datetime

import pytest

from kg.errors import ArticleError, StoreError
from kg.watching import named_feeds
from kg.watching.schedule import Schedule, fresh_seconds, wished_moment
from kg.watching.state import FeedState, digest, read_states, write_states

NOON = datetime.datetime(2026, 4, 6, 12, tzinfo=datetime.UTC)
QUARTER = Schedule(every=900)


def minutes(state: FeedState, chance: float = 0.5, schedule: Schedule = QUARTER) -> float:
    return (schedule.due(state, chance) - NOON).total_seconds() / 60


@pytest.mark.parametrize(
    ("failures", "after"), [(0, 15), (1, 30), (2, 60), (3, 120), (7, 1440), (1_000_000, 1440)]
)
def test_feed_that_fails_is_asked_ever_less_but_asked(failures, after):
    assert minutes(FeedState(polled=NOON, failures=failures)) == after


def test_times_are_spread_by_a_tenth():
    assert minutes(FeedState(polled=NOON), 0.0) == 13.5
    assert minutes(FeedState(polled=NOON), 1.0) == 16.5


def test_wishes_put_off_and_never_bring_forward():
    assert minutes(FeedState(polled=NOON, not_before=wished_moment(NOON, 3600))) == 60
    assert minutes(FeedState(polled=NOON, not_before=wished_moment(NOON, 60))) == 15
    assert wished_moment(NOON, 0) is None


def test_feed_that_was_never_asked_is_due():
    assert minutes(FeedState()) < 0


def test_feeds_that_are_asked_every_week_are_not_asked_daily_for_their_failures():
    weekly = Schedule(every=7 * 86_400)
    assert minutes(FeedState(polled=NOON, failures=5), schedule=weekly) == 7 * 1440


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "private, Max-Age = 600, must-revalidate"}, 600),
        ({"cache-control": "s-maxage=600"}, 0),
        ({"cache-control": "max-age=600", "age": "700"}, 0),
        ({"cache-control": "max-age=-1"}, 0),
        ({"cache-control": "max-age=" + "9" * 40}, 999_999_999),
    ],
)
def test_freshness_is_that_of_the_header(headers, seconds):
    assert fresh_seconds(headers) == seconds


def test_state_comes_back_as_it_was_written(tmp_path):
    state = FeedState(
        etag='"7"',
        polled=NOON,
        not_before=NOON,
        failures=2,
        seen=("a", "b"),
        waiting={"c": 1},
        moved_to="http://b/",
    )
    write_states(tmp_path, {"http://a/": state})
    assert read_states(tmp_path) == {"http://a/": state}
    assert [path.name for path in tmp_path.iterdir()] == ["watching.json"]


def test_state_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(StoreError, match="cannot be kept in"):
        write_states(tmp_path / "none", {})


def test_entries_that_have_left_are_forgotten_in_the_end():
    state = FeedState()
    for number in range(0, 3_000, 100):
        names = [f"x:{one}" for one in range(number, number + 100)]
        state = state.seeing(names, names)
    assert len(state.seen) == 1_100
    assert digest("x:2999") in state.seen
    assert digest("x:0") not in state.seen


def test_entry_that_stays_in_its_feed_is_never_forgotten():
    state = FeedState().seeing(["x:top"], ["x:top"])
    for number in range(0, 3_000, 100):
        names = [f"x:{one}" for one in range(number, number + 100)]
        state = state.seeing(names, ["x:top", *names])
    assert digest("x:top") in state.seen


OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Oslo</title></head><body>
<outline text="News"><outline type="rss" xmlUrl="https://a.example/f" htmlUrl="https://a.example/"/></outline>
<outline type="rss" xmlUrl=" https://b.example/f "/><outline text="none"/></body></opml>"""


def test_feeds_stand_in_lists(tmp_path):
    (tmp_path / "a.opml").write_text(OPML, "utf-8")
    (tmp_path / "b.txt").write_text("# mine\n\nhttps://c.example/f\nhttps://a.example/f\n", "utf-8-sig")
    found = named_feeds(["https://z.example/f", str(tmp_path / "a.opml"), str(tmp_path / "b.txt")])
    assert found == [f"https://{name}.example/f" for name in "zabc"]


LISTS = {
    "line": ("https://a.example/f\nb.example/f", r"a\.txt:2: 'b\.example/f' is no address of a feed"),
    "opml": ("<opml><body>", r"is no OPML \(.*export it anew"),
    "entities": ('<!DOCTYPE o [<!ENTITY a "b">]><opml/>', "is no OPML"),
    "nothing": ("# none\n", "No feed is named"),
    "bytes": (b"\xff\xfe\xff", "cannot be read"),
}


@pytest.mark.parametrize(("text", "reason"), LISTS.values(), ids=LISTS)
def test_lists_that_are_wrong_are_told(tmp_path, text, reason):
    (tmp_path / "a.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ArticleError, match=reason):
        named_feeds([str(tmp_path / "a.txt")])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("feeds.txt", "is neither an address .* nor a file"),
        ("https:///f", "names no host"),
        ("ftp://a/f", "neither"),
    ],
)
def test_feeds_that_are_none_are_told(name, reason):
    with pytest.raises(ArticleError, match=reason):
        named_feeds([name])
