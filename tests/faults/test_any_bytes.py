"""Any bytes are articles, or told with their place: properties, on the targets of `make fuzz`."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.__main__ import NAMES
from tests.fuzz.targets import TARGETS

ODD = [
    b"\x00",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\\ud800",
    b"\r",
    b'"',
    b"<",
    b"\x1f\x8b\x08",
    b"{" * 99,
]
"""What readers may stumble over: NUL, what is no UTF-8, half of a pair, marks, quotation marks …"""


@st.composite
def damaged(draw, seeds):
    """A seed with some odd bytes put in, some cut out, or its end cut off."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        data = data[:start] + draw(st.sampled_from(ODD) | st.binary(max_size=9)) + data[end:]
    return data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data


def test_every_target_is_fuzzed_and_its_seeds_are_read():
    assert set(TARGETS) == set(NAMES)
    for name, target in TARGETS.items():
        target(target.seeds[0])
        assert list(target.read(target.seeds[0])), name


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_damage_is_told_or_does_no_harm(name):
    target = TARGETS[name]

    @settings(max_examples=60, deadline=None)
    @given(data=damaged(target.seeds))
    def check(data):
        target(data)

    check()


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_articles_or_told(name):
    target = TARGETS[name]

    @settings(max_examples=40, deadline=None)
    @given(data=st.binary(max_size=2000))
    def check(data):
        target(data)

    check()
