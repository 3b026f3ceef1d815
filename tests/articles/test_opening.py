"""Opening what is packed, remote, damaged, or means harm; and finding the files of folders and patterns."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import sys
import tracemalloc
from types import SimpleNamespace

import fsspec
import pytest

from kg.articles import ReadingOptions, check_paths, count_articles, find_files, read_articles, read_file
from kg.articles.opening import GzipMembers, read_lines_within
from kg.articles.places import naming_errors
from kg.errors import ArticleError
from kg.types import Article

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LINES = b'{"id": "x", "text": "Ana met Bo."}\n{"id": "y", "text": "Bo left."}\n'
PACKINGS = {".gz": gzip.compress, ".zst": zstd.compress, ".bz2": bz2.compress}


def read(*paths, **options):
    problems: list[ArticleError] = []
    found = read_articles(paths, on_problem=problems.append, options=ReadingOptions(**options))
    return [article.id for article in found], [str(problem) for problem in problems]


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    yield system
    system.rm("/", recursive=True)


@pytest.mark.parametrize("suffix", PACKINGS)
@pytest.mark.parametrize("name", ["a.jsonl{}", "a.JSONL{}", "a.jsonl"])
def test_packed_file_is_read_whatever_its_name_says(tmp_path, suffix, name):
    path = tmp_path / name.format(suffix)
    path.write_bytes(PACKINGS[suffix](LINES))
    assert read(path) == (["x", "y"], [])


@pytest.mark.parametrize("suffix", PACKINGS)
def test_name_without_suffixes_is_the_id(tmp_path, suffix):
    (tmp_path / f"talks.txt{suffix}").write_bytes(PACKINGS[suffix](b"Ana met Bo."))
    assert read(tmp_path) == (["talks"], [])


@pytest.mark.parametrize("suffix", PACKINGS)
def test_members_one_after_the_other_are_one_file(tmp_path, suffix):
    (tmp_path / f"a.jsonl{suffix}").write_bytes(b"".join(map(PACKINGS[suffix], LINES.splitlines(True))))
    assert read(tmp_path) == (["x", "y"], [])


@pytest.mark.parametrize("suffix", PACKINGS)
def test_what_stands_before_a_damage_is_read(tmp_path, suffix):
    lines = b"".join(
        json.dumps({"text": f"Ana met {n} ministers. {'x' * (n % 91)}"}).encode() + b"\n"
        for n in range(40_000)
    )
    data = bz2.compress(lines, 1) if suffix == ".bz2" else PACKINGS[suffix](lines)
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(data[: len(data) // 2])
    ids, [problem] = read(path)
    assert 100 < len(ids) < 39_000
    assert ids[-1] == f"a-{len(ids)}"
    assert "is damaged or cut off: it can be unpacked up to byte" in problem


def test_damaged_text_is_no_article(tmp_path):
    data = bytearray(gzip.compress(b"Ana met Bo. " * 50))
    data[-6] ^= 0xFF  # the checksum
    (tmp_path / "a.txt.gz").write_bytes(data)
    ids, [problem] = read(tmp_path)
    assert ids == []
    assert "is damaged" in problem


def test_empty_packed_file_is_empty(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b" \n"))
    assert "is empty" in read(tmp_path)[1][0]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", PACKINGS)
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_bomb_is_refused_and_not_held(tmp_path, suffix, name):
    (tmp_path / f"{name}{suffix}").write_bytes(PACKINGS[suffix](b" " * 150_000_000 + b"x" * 150_000_000))
    tracemalloc.start()
    ids, problems = read(tmp_path, largest_ratio=100)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ids == []
    assert problems
    assert peak < 100_000_000


def test_gigabyte_line_is_named_and_not_held(tmp_path):
    long = b'{"text": "' + b"x" * 3_000_000 + b'"}\n'
    (tmp_path / "a.jsonl").write_bytes(LINES + long + LINES.replace(b'"x"', b'"z"'))
    ids, [problem] = read(tmp_path, largest_article=1_000_000)
    assert ids == ["x", "y", "z", "y"]
    assert problem.endswith(
        "a.jsonl:3: this is longer than 1,000,000 bytes, too long for one article; split or remove it."
    )


def test_last_line_may_be_too_long():
    assert list(read_lines_within(io.BytesIO(b"a\n" + b"b" * 9), largest=8)) == [(1, b"a\n"), (2, None)]
    assert list(read_lines_within(io.BytesIO(b"b" * 8 + b"\n"), largest=8)) == [(1, b"b" * 8 + b"\n")]


def test_large_article_is_refused_with_its_place(tmp_path):
    (tmp_path / "a.txt").write_text("Ana met Bo. " * 100)
    ids, [problem] = read(tmp_path, largest_article=1000)
    assert ids == []
    assert "a.txt' has more than 1,000 bytes, too many for one article" in problem


def test_members_know_where_they_begin():
    parts = [gzip.compress(text) for text in (b"one", b"two", b"three")]
    members = GzipMembers(io.BufferedReader(io.BytesIO(b"\x00\x00".join(parts))))
    found = [(members.read1(99), members.offset) for _ in parts]
    starts = [0, len(parts[0]) + 2, len(parts[0]) + len(parts[1]) + 4]
    assert found == list(zip((b"one", b"two", b"three"), starts, strict=True))
    assert members.read1(99) == b""


# Remote places


def test_remote_file_folder_and_pattern_are_read(memory):
    memory.pipe(
        {
            "/n/b.txt": b"Bo left.",
            "/n/a/x.jsonl.gz": gzip.compress(LINES),
            "/n/.h.txt": b"h",
            "/n/c.png": b"p",
        }
    )
    assert read("memory://n/b.txt") == (["b"], [])
    assert read("memory://n") == (["x", "y", "b"], [])
    assert read("memory://n/**/*.gz") == (["x", "y"], [])


def test_missing_remote_file_is_told(memory):
    _, [problem] = read("memory://nowhere/a.txt")
    assert problem == "'memory://nowhere/a.txt' cannot be read: there is no such file; check the path."


def test_remote_folder_without_articles_is_told(memory):
    memory.pipe({"/n/c.png": b"p"})
    assert "'memory://n' holds no file of articles" in read("memory://n")[1][0]


def test_archive_is_read_through_its_address(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("d/x.txt", "Ana met Bo.")
        archive.writestr("y.jsonl", LINES)
    assert read(f"zip://**::{tmp_path}/a.zip") == (["x", "x", "y"], [])
    assert "is an archive or office document; name 'zip://**::" in read(tmp_path / "a.zip")[1][0]


@pytest.mark.parametrize(
    ("url", "package"), [("s3://b/k.txt", "s3fs"), ("gs://b/k.txt", "gcsfs"), ("sftp://h/k.txt", "paramiko")]
)
def test_missing_package_is_named(monkeypatch, url, package):
    monkeypatch.setitem(sys.modules, package, None)
    _, [problem] = read(url)
    assert f"it needs a package that is not installed; install it (`pip install {package}`)" in problem


def test_unknown_kind_of_place_is_told():
    assert read("nope://b/k.txt")[1] == ["'nope://b/k.txt' cannot be read: Protocol not known: nope."]


class NoCredentialsError(Exception):
    """Stands for botocore's, which is none of Python's own errors."""


REFUSALS = {
    "permission": PermissionError("Access Denied"),
    "credentials": NoCredentialsError("Unable to locate credentials"),
    "forbidden": OSError("Forbidden: invalid credentials"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refused_access_is_told(monkeypatch, case):
    monkeypatch.setitem(sys.modules, "botocore.exceptions", SimpleNamespace(BotoCoreError=NoCredentialsError))
    with (
        pytest.raises(
            ArticleError, match=r"'s3://b/k' cannot be read: access is denied; check your credentials"
        ),
        naming_errors("s3://b/k"),
    ):
        raise REFUSALS[case]


def test_errors_of_others_are_not_caught():
    with pytest.raises(KeyError), naming_errors("a"):
        raise KeyError("a defect of ours")


def test_remote_file_that_breaks_off_is_told(memory, monkeypatch):
    memory.pipe({"/n/a.jsonl": LINES})

    def broken(self, *args):
        raise TimeoutError("timed out")

    monkeypatch.setattr("fsspec.implementations.memory.MemoryFile.read", broken, raising=False)
    assert read("memory://n/a.jsonl")[1] == ["'memory://n/a.jsonl' cannot be read: timed out."]


# Folders and patterns


def write(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"This is {name}.")


def found(*paths):
    problems: list[ArticleError] = []
    return [file.stem for file in find_files(paths, on_problem=problems.append)], [str(p) for p in problems]


def test_pattern_finds_files_sorted_and_hides_what_is_hidden(tmp_path):
    write(tmp_path, "b/y.txt", "a/x.txt", "a/z.jpg", "a/.h.txt", "c.txt")
    assert found(f"{tmp_path}/**/*.txt") == (["x", "y", "c"], [])
    assert found(f"{tmp_path}/[ab]") == (["x", "y"], [])
    assert found(f"{tmp_path}/?/*.txt") == (["x", "y"], [])


def test_pattern_that_fits_nothing_is_told_at_once(tmp_path):
    with pytest.raises(ArticleError, match=r"No file or folder fits '.*\*\.html'; check the pattern"):
        check_paths([f"{tmp_path}/*.html"])


def test_file_whose_name_is_a_pattern_is_a_file(tmp_path):
    write(tmp_path, "a[1].txt", "a1.txt")
    assert read(tmp_path / "a[1].txt") == (["a[1]"], [])


def test_files_of_one_name_have_ids_of_their_own(tmp_path):
    write(tmp_path, "a/x.txt", "b/x.txt", "b/c/x.txt", "y.txt", "y.html")
    assert found(tmp_path)[0] == ["x", "b/c/x", "b/x", "y", "y.txt"]


def test_first_name_of_a_file_stays_when_others_come(tmp_path):
    write(tmp_path, "a/x.txt")
    before = found(tmp_path)[0]
    write(tmp_path, "b/x.txt")
    assert found(tmp_path)[0] == [*before, "b/x"]


def test_file_that_is_named_twice_has_one_name(tmp_path):
    write(tmp_path, "a/x.txt")
    assert found(tmp_path / "a/x.txt", tmp_path / "a/x.txt")[0] == ["x", "x"]


def test_folders_of_one_name_have_ids_of_their_own(tmp_path):
    write(tmp_path, "p/n/x.txt", "q/n/x.txt", "r/n/x.txt")
    names = found(tmp_path / "p", tmp_path / "q", tmp_path / "r")[0]
    assert names[:2] == ["x", "n/x"]
    assert len(set(names)) == 3


def test_text_and_lines_of_one_name_keep_their_ids(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "Ana met Bo."}')
    write(tmp_path, "a.txt")
    assert read(tmp_path)[0] == ["a-1", "a"]


def test_file_is_read_alike_in_another_place(tmp_path):
    write(tmp_path, "a/x.txt", "b/x.txt")
    files = list(find_files([tmp_path], on_problem=print))
    again = [read_file(file, on_problem=print, options=ReadingOptions()) for file in reversed(files)]
    assert [article.id for articles in again for article in articles] == ["b/x", "x"]


def test_folder_that_links_to_itself_ends(tmp_path):
    write(tmp_path, "a/x.txt")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    assert found(tmp_path)[0] == ["x"]


def test_graph_among_the_articles_is_passed_over(tmp_path, caplog):
    write(tmp_path, "a.txt", "graph/kg-graph.json", "graph/b.txt")
    assert found(tmp_path) == (["a"], [])
    assert caplog.messages == []


def test_web_address_is_handed_on(monkeypatch):
    calls = []

    def read_url(url, *, on_problem, options):
        calls.append((url, options.columns["text"]))
        return iter(())

    monkeypatch.setitem(sys.modules, "kg.articles.urls", SimpleNamespace(read_url=read_url))
    assert read("https://oslo.example/talks", columns={"text": "body"}) == ([], [])
    assert calls == [("https://oslo.example/talks", "body")]


def test_saved_feed_is_handed_on(monkeypatch, tmp_path):
    (tmp_path / "a.rss").write_bytes(b"<rss><item/></rss>")
    feeds = SimpleNamespace(
        read_feed=lambda data, *, place: (data, place),
        feed_articles=lambda feed, *, on_problem: [Article(id=feed[1], text=feed[0].decode())],
    )
    monkeypatch.setitem(sys.modules, "kg.articles.feeds", feeds)
    assert read(tmp_path) == ([str(tmp_path / "a.rss")], [])


# Counting


def test_articles_are_counted_where_it_is_cheap(tmp_path):
    write(tmp_path, "a.txt", "b.html", "c.png")
    (tmp_path / "c.jsonl").write_bytes(LINES)
    (tmp_path / "d.json").write_text('{"text": "Ana met Bo."}')
    assert count_articles([tmp_path]) == 5


@pytest.mark.parametrize("name", ["a.csv", "a.warc", "a.jsonl.gz", "a.json"])
def test_count_is_none_where_only_reading_tells(tmp_path, name):
    (tmp_path / name).write_text('[{"text": "Ana met Bo."}]')
    assert count_articles([tmp_path]) is None
    assert count_articles([f"{tmp_path}/*"]) is None
    assert count_articles(["memory://a.txt"]) is None


def test_lines_of_a_large_file_are_reckoned(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.articles.counting._SAMPLE", 1000)
    (tmp_path / "a.jsonl").write_bytes(LINES * 1000)
    assert count_articles([tmp_path]) == pytest.approx(2000, rel=0.1)
