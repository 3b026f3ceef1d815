"""Turns the HTML of entries into paragraphs of text."""

from __future__ import annotations

import re
import unicodedata

from kg.language.wordsets import table_rows

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
"""Elements that stand apart from what is before and after them (HTML, section 15.3)."""
_UNREAD = frozenset(
    "audio button canvas figcaption iframe math noscript object script select style svg template textarea "
    "title video".split()
)
"""Elements whose text is none of the article's."""
_CELLS = frozenset({"td", "th"})
_SPACES = re.compile(r"[^\S\n]+")
_ANY_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r"\s*\n\s*\n\s*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def html_text(html: str) -> str:
    r"""The paragraphs of a piece of HTML, apart by blank lines; a line break within one stays.

    >>> html_text("<p>Ana <b>Bell</b> met<br>Bo&nbsp;Cole.</p><script>x</script><div>In Oslo.")
    'Ana Bell met\nBo Cole.\n\nIn Oslo.'
    """
    from lxml import etree

    target = _Paragraphs()
    parser = etree.HTMLParser(target=target, remove_comments=True, remove_pis=True)
    try:
        etree.fromstring(f"<body>{_CONTROLS.sub(' ', html)}</body>", parser)
    except etree.LxmlError:  # what was read until then is kept
        target.close()
    return plain_text(target.text)


def plain_text(text: str) -> str:
    r"""Text in paragraphs that are apart by one blank line each, without what only feeds add.

    In Unicode's normal form C, as all that is stored.

    >>> plain_text(" Ana met Bo. \n \n\nIn Oslo.\x00\nThe post A appeared first on B.")
    'Ana met Bo.\n\nIn Oslo.\nThe post A appeared first on B.'
    >>> plain_text("Ana met Bo.\n\nThe post A appeared first on B.")
    'Ana met Bo.'
    """
    lines = unicodedata.normalize("NFC", _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))
    paragraphs = [
        "\n".join(_SPACES.sub(" ", line).strip() for line in paragraph.splitlines())
        for paragraph in _BREAKS.split(lines.strip())
    ]
    while paragraphs and _is_footer(paragraphs[-1]):
        paragraphs.pop()
    return "\n\n".join(paragraphs)


def line_text(html: str) -> str:
    r"""A piece of HTML on one line, such as a title.

    >>> line_text("Ana <i>Bell</i> &amp; Co:\n 5 < 6")
    'Ana Bell & Co: 5 < 6'
    """
    return _ANY_SPACES.sub(" ", html_text(html)).strip()


def is_shortened(text: str) -> bool:
    """Whether a text ends as one that goes on elsewhere.

    >>> is_shortened("Ana met Bo in […]"), is_shortened("Ana met Bo.")
    (True, False)
    """
    return text.rstrip(" \n])").endswith(("…", "..."))


def _is_footer(paragraph: str) -> bool:
    return any(re.fullmatch(pattern, paragraph) for (pattern,) in table_rows("kg.articles", "footers.tsv"))


class _Paragraphs:
    """Gathers text from the events of a parser, so that no tree grows however deep the markup."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._unread = 0

    @property
    def text(self) -> str:
        """What was gathered."""
        return "".join(self._parts)

    def start(self, tag: str, _: object) -> None:
        """An element begins."""
        self._unread += tag in _UNREAD
        if tag in _BLOCKS:
            self._parts.append("\n\n")
        elif tag == "br":
            self._parts.append("\n")
        elif tag in _CELLS:
            self._parts.append(" ")

    def end(self, tag: str) -> None:
        """An element ends."""
        self._unread -= tag in _UNREAD
        if tag in _BLOCKS:
            self._parts.append("\n\n")

    def data(self, text: str) -> None:
        """Text stands here; its own line breaks mean no more than spaces."""
        if not self._unread:
            self._parts.append(_ANY_SPACES.sub(" ", text))

    def close(self) -> None:
        """All has been read."""
