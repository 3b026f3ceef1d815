"""Messages and pages saved as messages: their text, who sent them, when; and broken ones."""

from __future__ import annotations

import contextlib
import datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import read_articles
from kg.articles.mail import read_mail
from kg.errors import ArticleError
from kg.types import DateBasis
from tests.articles.pages import FIRST, LINKED_DATA, SECOND, TEXT, page


def letter(**headers):
    message = EmailMessage()
    usual = {"From": "Oslo Post <news@oslo.example>", "Subject": "Talks begin"}
    for name, value in {**usual, **headers}.items():
        message[name.replace("_", "-")] = value
    return message


def read(message):
    data = message if isinstance(message, bytes) else message.as_bytes()
    return read_mail(data, place="a.eml", stem="a")


def test_plain_text_comes_before_the_page():
    message = letter(Date="Sun, 02 Mar 2025 23:30:00 -0500")
    message.set_content(TEXT)
    message.add_alternative(page(), subtype="html")
    article = read(message)
    assert (article.id, article.text, article.title, article.source) == (
        "a",
        TEXT,
        "Talks begin",
        "Oslo Post",
    )
    assert (article.published, article.date_basis) == ("2025-03-02", DateBasis.GIVEN)


def test_page_of_a_newsletter_is_read_with_the_date_of_the_message():
    message = letter(Date="Mon, 03 Mar 2025 08:00:00 +0100")
    message.set_content(page(head=LINKED_DATA), subtype="html")
    article = read(message)
    assert (article.text, article.published, article.title) == (TEXT, "2025-03-03", "Talks begin")
    assert article.date_basis is DateBasis.GIVEN


def test_address_of_a_list_is_its_id():
    message = letter(Archived_At="<https://oslo.example/archive/7>")
    message.set_content(TEXT)
    assert read(message).id == "https://oslo.example/archive/7"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "koi8-r"])
@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
def test_letters_come_out_right(charset, coding):
    text = "Министр встретился с Ana." if charset == "koi8-r" else "Ana met Bó at the café."
    message = letter(Subject="Bó")
    message.set_content(text, charset=charset, cte=coding)
    assert (read(message).text, read(message).title) == (text, "Bó")


def test_lines_that_flow_are_put_together():
    message = b"From: a@b.example\nContent-Type: text/plain; format=flowed\n\nAna met \nBo.\n\nCy left.\n"
    assert read(message).text == "Ana met Bo.\n\nCy left."


def saved(body, **headers):
    message = EmailMessage()
    kept = {"From": "<Saved by Blink>", "Snapshot-Content-Location": "https://oslo.example/talks", **headers}
    for name, value in kept.items():
        message[name.replace("_", "-")] = value
    message.set_content(body, subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.html", "saved"])
def test_saved_page_is_a_page_and_the_day_of_saving_no_date(tmp_path, name):
    (tmp_path / name).write_bytes(saved(page(), Date="Tue, 06 May 2025 07:08:09 -0000"))
    [article] = read_articles([tmp_path / name])
    assert (article.text, article.url, article.date) == (TEXT, "https://oslo.example/talks", None)
    assert article.retrieved == datetime.datetime(2025, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)


def test_saved_page_has_the_date_that_it_states():
    article = read(saved(page(head=LINKED_DATA)))
    assert (article.published, article.date_basis) == ("2025-03-02", DateBasis.PAGE)


def test_folder_of_messages_is_read(tmp_path):
    message = letter()
    message.set_content(FIRST)
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    message.set_content(SECOND)
    (tmp_path / "b.eml").write_bytes(message.as_bytes())
    assert [article.text for article in read_articles([tmp_path])] == [FIRST, SECOND]


BROKEN = {
    "picture": b"From: a@b.example\nContent-Type: image/png\n\nxx",
    "no text": b"From: a@b.example\n\n \n",
    "empty parts": b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x--\n",
    "saved without page": b"Snapshot-Content-Location: https://a.example/b\nContent-Type: image/png\n\nxx",
}


@pytest.mark.parametrize("case", BROKEN)
def test_message_without_text_is_told(case):
    with pytest.raises(ArticleError, match=r"'a\.eml' is a message without text"):
        read(BROKEN[case])


@pytest.mark.parametrize("date", ["yesterday", "", "Mon, 99 Foo 2025", "=?x?y?z?="])
def test_date_that_is_none_is_left_out(date):
    assert read(f"From: a@b.example\nDate: {date}\n\nAna met Bo.".encode()).date is None


def test_parts_within_parts_without_end_are_bounded():
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000))
    with pytest.raises(ArticleError, match=r"a\.eml"):
        read(b"From: a@b.example\n" + deep)


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"From: a@b.example\nContent-Type: multipart/related;"])
)
def test_any_bytes_are_an_article_or_refused(data, start):
    with contextlib.suppress(ArticleError):
        assert read(start + data).text.strip()
