"""Watching feeds: what is new is added once, whatever feeds and servers do."""

from __future__ import annotations

import datetime
import json
import os
import threading

import pytest

from kg.errors import ArticleError, StoreError
from kg.store import Store
from kg.watching import WatchOptions, gathering
from kg.watching.state import FILE, read_states
from kg.watching.watcher import LOCK
from tests.watching.conftest import item, once, rss, stored, watcher
from tests.website import Page, redirect


@pytest.mark.slow
def test_only_what_is_new_is_added(website, graph):
    website.pages["/feed"] = rss(item(1), item(2))
    report, _ = once(graph, f"{website.url}/feed")
    assert (report.stored.added, report.asked, report.failed) == (2, 1, 0)
    website.pages["/feed"] = rss(item(3), item(2, "Changed, it was said."))
    report, lines = once(graph, f"{website.url}/feed")
    assert report.stored.added == 1
    assert stored(graph) == ["x:1", "x:2", "x:3"]
    assert lines[0] == f"{website.url}/feed: 2 entries, 1 new"


def test_articles_that_were_removed_do_not_come_back(website, graph):
    website.pages["/feed"] = rss(item(1), item(2))
    once(graph, f"{website.url}/feed")
    with Store.open(graph, read_only=False) as store:
        store.remove("x:1")
    once(graph, f"{website.url}/feed")
    assert stored(graph) == ["x:2"]


def test_server_is_asked_for_changes_only(website, graph):
    website.pages["/feed"] = rss(
        item(1), headers={"ETag": 'W/"7"', "Last-Modified": "Sun, 05 Apr 2026 10:00:00 GMT"}
    )
    once(graph, f"{website.url}/feed")
    assert not {"if-none-match", "if-modified-since"} & set(website.asked[0][1])
    website.pages["/feed"] = Page(status=304, type=None)
    for _ in range(2):
        report, lines = once(graph, f"{website.url}/feed")
        assert (report.failed, lines[-1]) == (0, f"{website.url}/feed: unchanged")
        headers = website.asked[-1][1]
        assert headers["if-none-match"] == 'W/"7"'
        assert headers["if-modified-since"] == "Sun, 05 Apr 2026 10:00:00 GMT"


def test_pages_of_entries_are_read_where_the_feed_has_summaries(website, graph, monkeypatch):
    website.pages["/feed"] = rss(
        "<item><guid>x:1</guid><link>/1</link><description>Ana.</description></item>"
    )
    report, lines = once(graph, f"{website.url}/feed")
    assert website.paths == ["/feed", "/1"]
    assert (report.stored.added, report.stored.problems) == (1, 1)
    assert "its summary is taken, since its page cannot be read" in lines[1]


def test_pages_are_left_alone_if_that_is_asked(website, graph):
    website.pages["/feed"] = rss(
        "<item><guid>x:1</guid><link>/1</link><description>Ana.</description></item>"
    )
    assert once(graph, f"{website.url}/feed", follows_links=False)[0].stored.added == 1
    assert website.paths == ["/feed"]


@pytest.mark.slow
def test_page_that_fails_for_now_is_tried_again_and_then_given_up(website, graph):
    website.pages["/feed"] = rss(
        "<item><guid>x:1</guid><link>/1</link><description>Ana.</description></item>",
        item(2),
        headers={"ETag": '"7"'},
    )
    website.pages["/1"] = Page(status=500)
    for added in (["x:2"], ["x:2"], ["x:1", "x:2"], ["x:1", "x:2"]):
        once(graph, f"{website.url}/feed")
        assert stored(graph) == added
    feeds = [headers.get("if-none-match") for path, headers in website.asked if path == "/feed"]
    assert feeds == [None, None, None, '"7"']  # while something is left, all is asked for
    assert website.paths.count("/1") == 3


def test_one_feed_that_fails_stops_no_other(website, graph):
    website.pages |= {
        "/page": Page(b'<html><link rel=alternate type="application/atom+xml" href="/f">'),
        "/feed": rss(item(1)),
        "/broken": Page(b"\0\1\2", type=None),
    }
    paths = ("/missing", "/page", "/broken", "/feed")
    report, lines = once(graph, *(website.url + path for path in paths))
    assert (report.asked, report.failed, report.stored.added) == (4, 3, 1)
    assert f"is no feed; give the address of its feed, '{website.url}/f'." in lines[1]
    assert [state.failures for _, state in sorted(read_states(graph).items())] == [1, 0, 1, 1]


def test_feed_that_is_gone_is_not_asked_again(website, graph):
    website.pages["/feed"] = Page(status=410)
    report, lines = once(graph, f"{website.url}/feed")
    assert report.failed == 1
    assert "It is gone for good, and is asked no more." in lines[0]
    report, lines = once(graph, f"{website.url}/feed")
    assert (report.asked, lines) == (
        0,
        [f"{website.url}/feed: is over, and not asked any more; take it from your list"],
    )


def test_feed_that_has_moved_is_asked_where_it_is(website, graph):
    website.pages |= {"/old": redirect("/new", 301), "/new": rss(item(1))}
    _, lines = once(graph, f"{website.url}/old")
    assert lines[0].endswith(f"; it has moved for good to {website.url}/new, so change your list")
    once(graph, f"{website.url}/old")
    assert website.paths == ["/old", "/new", "/new"]
    del website.pages["/new"]
    website.pages["/old"] = rss(item(1))
    assert [once(graph, f"{website.url}/old")[0].failed for _ in range(2)] == [1, 0]


def test_feed_with_a_password_keeps_it_to_itself(website, graph):
    website.pages["/feed"] = rss(item(1))
    url = f"{website.url}/feed".replace("//", "//ana:secret@")
    _, lines = once(graph, url)
    assert website.asked[0][1]["authorization"].startswith("Basic ")
    assert "secret" not in (graph / FILE).read_text("utf-8") + "".join(lines)


WISHES = {
    "ttl": (rss(item(1), about="<ttl>120</ttl>"), 7200),
    "max-age": (rss(item(1), headers={"Cache-Control": "public, max-age=3600"}), 3600),
    "retry-after": (Page(status=503, headers={"Retry-After": "1800"}), 1800),
    "for ever": (rss(item(1), about="<ttl>999999</ttl>"), 86_400),
}


@pytest.mark.parametrize(("page", "seconds"), WISHES.values(), ids=WISHES)
def test_wishes_of_servers_are_kept_also_by_the_next_run(website, graph, page, seconds):
    website.pages["/feed"] = page
    once(graph, f"{website.url}/feed", limits={"retries": 0})
    [state] = read_states(graph).values()
    assert (state.not_before - state.polled).total_seconds() == pytest.approx(seconds, abs=1)
    report, lines = once(graph, f"{website.url}/feed")
    assert (report.asked, len(website.asked)) == (0, 1)
    assert lines[0].startswith(f"{website.url}/feed: not asked before {state.not_before:%Y-%m-%d %H:%M} UTC")


def test_what_is_stored_is_known_at_once_should_the_process_be_killed(website, graph, monkeypatch):
    website.pages["/feed"] = rss(item(1), item(2), item(3), headers={"ETag": '"7"'})
    add, known = gathering.add_articles, []

    def watched(articles, out, **options):
        known.extend((state.etag, state.polled, len(state.seen)) for state in read_states(graph).values())
        return add(articles, out, **options)

    monkeypatch.setattr(gathering, "_TOGETHER", 1)
    monkeypatch.setattr(gathering, "add_articles", watched)
    once(graph, f"{website.url}/feed")
    assert known == [(None, None, 1), (None, None, 2)]
    assert read_states(graph)[f"{website.url}/feed"].etag == '"7"'


@pytest.mark.slow
def test_interrupted_work_goes_on_where_it_was(website, graph, monkeypatch):
    """It stops after the first article of three; nothing is lost, and nothing is fetched for nothing."""
    website.pages["/feed"] = rss(item(1), item(2), item(3), headers={"ETag": '"7"'})
    watching = watcher(graph, f"{website.url}/feed")
    add = gathering.add_articles

    def add_one(articles, out, **known):
        def first():
            for article in articles:
                yield article
                watching.stop()

        return add(first(), out, **known)

    monkeypatch.setattr(gathering, "add_articles", add_one)
    watching.run()
    assert stored(graph) == ["x:1"]
    [state] = read_states(graph).values()
    assert (state.etag, state.polled, len(state.seen)) == (None, None, 1)
    monkeypatch.setattr(gathering, "add_articles", add)
    report, lines = once(graph, f"{website.url}/feed")
    assert (report.stored.added, lines[0]) == (2, f"{website.url}/feed: 3 entries, 2 new")
    assert read_states(graph)[f"{website.url}/feed"].etag == '"7"'


def test_watching_goes_on_until_it_is_stopped(website, graph):
    """The second round is brought about by a state that says the first was long ago."""
    website.pages["/feed"] = rss(item(1))
    once(graph, f"{website.url}/feed")
    known = json.loads((graph / FILE).read_text("utf-8"))
    for state in known["feeds"].values():
        state["polled"] = "2020-01-01T00:00:00+00:00"
    (graph / FILE).write_text(json.dumps(known), "utf-8")
    asked = threading.Event()
    website.pages["/feed"] = lambda handler: (rss(item(1), item(2))(handler), asked.set())
    watching = watcher(graph, f"{website.url}/feed")
    thread = threading.Thread(target=watching.run)
    thread.start()
    assert asked.wait(10)
    watching.stop()
    thread.join(10)
    assert not thread.is_alive()
    assert read_states(graph)[f"{website.url}/feed"].polled is None or stored(graph) == ["x:1", "x:2"]


def test_feed_that_was_asked_lately_is_not_asked_at_once_by_the_next_run(website, graph):
    website.pages["/feed"] = rss(item(1))
    once(graph, f"{website.url}/feed")
    watching = watcher(graph, f"{website.url}/feed")
    thread = threading.Thread(target=watching.run)
    thread.start()
    thread.join(0.3)
    watching.stop()
    thread.join(10)
    assert len(website.asked) == 1


def test_graph_in_use_is_waited_for(website, graph, monkeypatch):
    """What cannot be stored is not taken for seen."""
    website.pages["/feed"] = rss(item(1), headers={"ETag": '"7"'})

    def fail(articles, out, **known):
        raise StoreError("The graph is in use.")

    with monkeypatch.context() as patched:
        patched.setattr(gathering, "add_articles", fail)
        with pytest.raises(StoreError, match="in use"):
            once(graph, f"{website.url}/feed")
    assert read_states(graph)[f"{website.url}/feed"].etag is None
    assert once(graph, f"{website.url}/feed")[0].stored.added == 1


def test_others_can_read_and_write_between(website, graph):
    website.pages["/feed"] = rss(item(1))
    once(graph, f"{website.url}/feed")
    with Store.open(graph, read_only=False, patience=0) as store:
        assert store.holds("x:1")


def test_two_do_not_watch_for_one_graph(website, graph):
    website.pages["/feed"] = rss(item(1))
    once(graph, f"{website.url}/feed")
    import fcntl

    held = os.open(graph / LOCK, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        with pytest.raises(StoreError, match="Another process watches for"):
            once(graph, f"{website.url}/feed")
    finally:
        os.close(held)


@pytest.mark.parametrize("text", ["{", "[]", '{"feeds": 3}', '{"feeds": {"a": {"polled": "x"}}}', "\0"])
def test_state_that_is_broken_is_told(website, graph, text):
    website.pages["/feed"] = rss(item(1))
    once(graph, f"{website.url}/feed")
    (graph / FILE).write_text(text, "utf-8")
    with pytest.raises(
        StoreError, match=r"What is known of feeds in .*watching\.json.* cannot be read.*remove"
    ):
        once(graph, f"{website.url}/feed")


def test_folder_that_is_no_graph_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("Ana", "utf-8")
    with pytest.raises(StoreError, match="is not a graph"):
        once(tmp_path, "http://127.0.0.1:9/feed")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt"]


@pytest.mark.parametrize("every", [0, 59, float("nan"), -1])
def test_feeds_are_not_asked_too_often(every):
    with pytest.raises(ArticleError, match="give 60 s or more"):
        WatchOptions(every=every)


def test_no_clock_gives_a_date(website, graph):
    website.pages["/feed"] = rss(item(1))
    once(graph, f"{website.url}/feed")
    with Store.open(graph) as store:
        [article] = store.articles()
    assert article.date is None
    assert article.retrieved.date() == datetime.datetime.now(datetime.UTC).date()
    assert (article.source, article.url) == ("Oslo Desk", f"{website.url}/1")
