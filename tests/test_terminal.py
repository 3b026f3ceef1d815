"""Progress as it is told: how many, how fast, how long still."""

import re

import pytest

from kg import terminal


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""
    now = [0.0]
    monkeypatch.setattr("kg.terminal.time.monotonic", lambda: now[0])
    return now


def told(count, total, clock, seconds):
    with terminal.progress(total, "articles") as tell:
        for _ in range(count):
            clock[0] += seconds
            tell("a")


def test_lines_say_the_rate_and_what_is_left(clock, capsys):
    told(50, 100, clock, 0.5)
    assert capsys.readouterr().err.splitlines() == [
        "25 of 100 articles, 2.0 a second, 38 s left",
        "50 of 100 articles, 2.0 a second, 25 s left",
    ]


def test_last_line_says_that_all_is_done(clock, capsys):
    told(3, 3, clock, 2)
    assert capsys.readouterr().err == "3 of 3 articles\n"


def test_lines_without_a_total_say_the_rate(clock, capsys):
    told(25, None, clock, 0.25)
    assert capsys.readouterr().err == "25 articles, 4.0 a second\n"


def test_lines_become_fewer_as_articles_become_more(clock, capsys):
    told(12_500, None, clock, 0.001)
    lines = capsys.readouterr().err.splitlines()
    counts = [int(re.match(r"\d+", line)[0]) for line in lines]
    assert len(counts) == 39 + 36 + 2
    assert counts[-3:] == [9750, 10000, 12500]


def test_rate_is_that_of_the_last_minute(clock, capsys):
    told(250, 10_000, clock, 0.001)
    with terminal.progress(10_000, "articles") as tell:
        for number in range(300):
            clock[0] += 0.001 if number < 100 else 1.0
            tell("a")
    assert (
        capsys.readouterr()
        .err.splitlines()[-1]
        .startswith("300 of 10000 articles, 1.0 a second, 2 h 41 min left")
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (119, "119 s"), (120, "2 min"), (7100, "118 min"), (9000, "2 h 30 min")],
)
def test_durations_are_no_finer_than_known(seconds, said):
    assert terminal._duration(seconds) == said
