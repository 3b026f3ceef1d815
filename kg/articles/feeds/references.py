"""Mends references to characters that there are not, of which readers of XML know nothing but to give up."""

from __future__ import annotations

import re

_NUMBER = rb"&#(?:[xX]0*([0-9a-fA-F]{1,8})|0*([0-9]{1,9}));"
_PAIR = re.compile(_NUMBER + _NUMBER)
_ONE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_HIGH, _LOW, _ABOVE = range(0xD800, 0xDC00), range(0xDC00, 0xE000), 0x110000
_DIGITS = 8
"""Of a number that may be a character's."""
_CONTROLS = frozenset(range(0x20)) - {0x9, 0xA, 0xD}


def mended(markup: bytes) -> bytes:
    """Markup whose references are to characters: a pair of surrogates is the one that it stands for.

    Such pairs come from programs that count in UTF-16; other references to what is no character of XML
    (XML 1.0, section 2.2) become spaces.

    >>> mended(b"&#55357;&#56832; &#xd800; &#0; &#233;")
    b'&#128512;     &#233;'
    """
    if b"&#" not in markup:
        return markup
    return _ONE.sub(_character, _PAIR.sub(_joined, markup))


def _joined(found: re.Match[bytes]) -> bytes:
    high, low = _value(found[1], found[2]), _value(found[3], found[4])
    if high not in _HIGH or low not in _LOW:
        return found[0]
    return b"&#%d;" % (0x10000 + (high - _HIGH.start) * 0x400 + low - _LOW.start)


def _character(found: re.Match[bytes]) -> bytes:
    value = _value(found[1], found[2])
    is_character = value < _ABOVE and value not in _HIGH and value not in _LOW and value not in _CONTROLS
    return found[0] if is_character else b" "


def _value(hexadecimal: bytes | None, decimal: bytes | None) -> int:
    digits, base = (hexadecimal, 16) if hexadecimal is not None else (decimal or b"0", 10)
    significant = digits.lstrip(b"0") or b"0"
    return int(significant, base) if len(significant) <= _DIGITS else _ABOVE
