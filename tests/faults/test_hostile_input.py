"""Sources that are huge, packed without end, nested without end: refused by name, in bounded memory and time.

Each is given to `kg build` as a user gives it, in a process whose address space is limited. Such a process
holds some 90 MB before it reads anything.
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.faults.limited import Done, kg

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

pytestmark = pytest.mark.slow
GIGABYTE = 1 << 30
ADDRESSES = 4 * GIGABYTE
"""Bytes of address space; libraries reserve much more than they use."""
MEGABYTES = 250
SECONDS = 30
"""Of processor time. The slowest takes five."""
TOO_LONG = "longer than 10,000,000 bytes, too long for one article; split or remove it"
TOO_MANY = "has more than 10,000,000 bytes, too many for one article"
UNPACKS = "unpacks to more than 1,000 times its size; that is no text, so remove it"


def refused(done: Done, graph: Path) -> str:
    """What a build said that could read nothing, within bounds."""
    assert done.code == 1, done.err
    assert "Traceback" not in done.err
    assert "0 articles added" in done.out
    assert done.megabytes < MEGABYTES
    assert done.seconds < SECONDS
    assert (graph / "problems.jsonl").is_file()
    return done.said


def assert_each_refused(folder: Path, messages: Mapping[str, str]) -> None:
    """Fails where a build of the files does not name each of them, and why it is not read."""
    graph = folder.parent / f"{folder.name}-graph"
    done = kg("build", *(folder / name for name in messages), "-o", graph, address_space=ADDRESSES)
    refused(done, graph)
    told = [json.loads(line) for line in (graph / "problems.jsonl").read_text("utf-8").splitlines()]
    for name, message in messages.items():
        own = [problem["message"] for problem in told if f"/{name}" in problem["place"]]
        assert any(message in one for one in own), (name, own)


# Lines, texts and records of a gigabyte

PIECE = b"x" * (1 << 20)
FED = {
    "text": ([], b"", f"'-' {TOO_MANY}"),
    "cell": (["--input-format", "csv"], b'id,text\n1,"', f"-:2: this is {TOO_LONG}"),
    "array": (["--input-format", "json"], b'[{"text": "', f"-, article 1: this is {TOO_LONG}"),
}


@pytest.mark.parametrize("case", FED)
def test_gigabyte_from_standard_input_is_refused(tmp_path, case):
    options, start, message = FED[case]
    pieces = itertools.chain([start], itertools.repeat(PIECE, 1024))
    done = kg("build", "-", *options, "-o", tmp_path / "g", stdin=pieces, address_space=ADDRESSES)
    assert message in refused(done, tmp_path / "g")


def test_line_after_one_of_a_gigabyte_is_named_too(tmp_path):
    pieces = itertools.chain([b'{"text": "'], itertools.repeat(PIECE, 1024), [b'"}\n', b"{}\n"])
    done = kg("build", "-", "-o", tmp_path / "g", stdin=pieces, address_space=ADDRESSES)
    said = refused(done, tmp_path / "g")
    assert f"-:1: this is {TOO_LONG}" in said
    assert "-:2: " in said


RESPONSE = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1000000000\r\n\r\nHTTP/1.1 200 OK\r\n"
SPARSE = {
    "a.txt": (b"Ana met Bo.", TOO_MANY),
    "a.jsonl": (b'{"text": "Ana met Bo."}', f"a.jsonl:1: this is {TOO_LONG}"),
    "a.html": (b"<html><body><p>Ana met Bo.", TOO_MANY),
    "a.eml": (b"From: a@a.example\nSubject: talks\n\nAna met Bo.", "has more than 40,000,000 bytes"),
    "a.rss": (b'<?xml version="1.0"?><rss version="2.0"><channel>', TOO_MANY),
    "a.warc": (RESPONSE, f"the record at byte {len(RESPONSE) + 10**9 - 17:,} is broken or cut off"),
    "a.parquet": (b"PAR1", "is no Parquet file, or is damaged"),
}


def test_files_of_gigabytes_are_refused(tmp_path):
    for name, (start, _) in SPARSE.items():
        (tmp_path / name).write_bytes(start)
        is_read = name in {"a.jsonl", "a.warc"}  # to the end, for what else is in it
        os.truncate(tmp_path / name, GIGABYTE if is_read else 20 * GIGABYTE)
    assert_each_refused(tmp_path, {name: message for name, (_, message) in SPARSE.items()})


# What is packed


def zeros(gigabytes: int) -> bytes:
    """A gzip file, a thousandth of what it unpacks to."""
    return gzip.compress(bytes(GIGABYTE // 8)) * 8 * gigabytes


def table(path: Path, text: str, rows: int, **options: object) -> bytes:
    """A Parquet file with one text in all its rows."""
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * rows, type=pa.int32()), pa.array([text]))
    pq.write_table(pa.table({"text": texts}), path, compression="zstd", store_schema=False, **options)
    return path.read_bytes()


def warc(path: Path) -> bytes:
    """A web archive with one page of a gigabyte, packed twice."""
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + zeros(1)
    header = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\n"
    header += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    return gzip.compress(header.encode() + body + b"\r\n\r\n")


BOMBS = {
    "a.txt.gz": (lambda _: zeros(10), TOO_MANY),
    "a.jsonl.gz": (lambda _: zeros(10), UNPACKS),
    "a.jsonl.zst": (lambda _: zstd.compress(b"\x20" * GIGABYTE), UNPACKS),
    "nested.txt.gz": (lambda _: gzip.compress(gzip.compress(zeros(1))), "is packed twice; unpack it once"),
    "a.zip": (lambda _: b"PK\x03\x04" + bytes(999), "is an archive or office document"),
    "rows.parquet": (lambda path: table(path, "Ana met Bo. " * 650_000, 3_000), UNPACKS),
    "text.parquet": (lambda path: table(path, "Ana met Bo. " * 12_000_000, 1), UNPACKS),
    "a.warc.gz": (warc, f"byte 0, https://a.example/1' {TOO_MANY}"),
}


def test_bombs_are_refused(tmp_path):
    for name, (make, _) in BOMBS.items():
        (tmp_path / name).write_bytes(make(tmp_path / name))
        assert (tmp_path / name).stat().st_size < 11_000_000
    assert_each_refused(tmp_path, {name: message for name, (_, message) in BOMBS.items()})


# What is nested, and what is many

DEEP = {
    "a.html": (b"<html><body>" + b"<div>" * 1_000_000 + b"Ana met Bo.", "nested 256 deep"),
    "a.jsonl": (b'{"text": ' + b"[" * 1_000_000, "a.jsonl:1: this is not JSON"),
    "a.json": (b'[{"text": ' + b'{"a":' * 1_000_000, "a.json, article 1: this is not JSON"),
    "a.rss": (b'<?xml version="1.0"?><rss version="2.0">' + b"<channel>" * 1_000_000, "a.rss"),
    "a.mhtml": (b"From: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 1_000_000, "a.mhtml"),
    "number.jsonl": (b'{"text": ' + b"9" * 1_000_000 + b"}", "number.jsonl:1: this is not JSON"),
}


def test_what_is_nested_without_end_is_refused(tmp_path):
    for name, (data, _) in DEEP.items():
        (tmp_path / name).write_bytes(data)
    assert_each_refused(tmp_path, {name: message for name, (_, message) in DEEP.items()})


def test_problems_without_end_are_counted_listed_and_the_first_shown(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{\n" * 100_000)
    done = kg("build", path, "-o", tmp_path / "g", address_space=ADDRESSES)
    said = refused(done, tmp_path / "g")
    assert "100000 not read" in done.out
    assert said.count("this is not JSON") == 20
    with (tmp_path / "g" / "problems.jsonl").open() as lines:
        assert sum(1 for _ in lines) == 100_000
