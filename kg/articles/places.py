"""Where articles are: which paths are local, which are of `fsspec`, and why one cannot be read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import ArticleError

STDIN = "-"
"""The path that stands for standard input."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]+)://|(\w+)::")
"""A URL (RFC 3986, section 3.1), or one that `fsspec` chains: `zip://*.html::archive.zip`. A single letter is
a drive."""
_WEB = frozenset({"http", "https"})
_PACKAGES = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "az": "adlfs",
    "sftp": "paramiko",
    "ssh": "paramiko",
    "smb": "smbprotocol",
    "hf": "huggingface_hub",
}
"""What `fsspec` opens other kinds of places with."""
_RAISED = (
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("google.auth.exceptions", "GoogleAuthError"),
    ("gcsfs.retry", "HttpError"),
    ("azure.core.exceptions", "AzureError"),
    ("paramiko", "SSHException"),
    ("smbprotocol.exceptions", "SMBException"),
    ("aiohttp", "ClientError"),
)
"""Errors of those packages that are none of Python's own."""


def is_web(path: str) -> bool:
    """Whether a path is the address of something on the web.

    >>> is_web("https://oslo.example/"), is_web("s3://bucket/a.txt"), is_web("a.txt")
    (True, False, False)
    """
    return _scheme(path) in _WEB


def is_remote(path: str) -> bool:
    """Whether a path is for `fsspec` to open.

    >>> is_remote("memory://a.txt"), is_remote("zip://*.html::a.zip"), is_remote("https://oslo.example/")
    (True, True, False)
    """
    scheme = _scheme(path)
    return scheme is not None and scheme not in _WEB


def is_pattern(path: str) -> bool:
    """Whether a path stands for all those that fit it (`*`, `?`, `[…]`), and is not itself one of a file.

    >>> is_pattern("archive/**/*.html"), is_pattern("archive")
    (True, False)
    """
    return any(sign in path for sign in "*?[") and (is_remote(path) or not Path(path).exists())


def remote_system(path: str) -> tuple[Any, str]:
    """What opens the files of a URL, and what the URL is called there.

    Raises:
        ArticleError: `fsspec` does not know its kind, or needs a package that is not installed.

    >>> remote_system("memory://a.txt")[1]
    '/a.txt'
    """
    from fsspec.core import url_to_fs  # takes a twentieth of a second, and is rarely needed

    with naming_errors(path):
        system, inner = url_to_fs(path)
    return system, inner


@contextmanager
def naming_errors(path: str) -> Iterator[None]:
    """Turns errors of the system, or of who opens remote places, into one that names the path.

    Raises:
        ArticleError: The path cannot be opened or read.

    >>> with naming_errors("a.txt"):
    ...     Path("/nowhere/a.txt").read_bytes()
    Traceback (most recent call last):
    kg.errors.ArticleError: 'a.txt' cannot be read: there is no such file; check the path.
    """
    try:
        yield
    except ArticleError:
        raise
    except ImportError as error:
        package = _PACKAGES.get(_scheme(path) or "")
        hint = f"install it (`pip install {package}`)" if package else "install what it names"
        reason = f"it needs a package that is not installed; {hint} ({_first_line(error)})"
        raise ArticleError(f"{path!r} cannot be read: {reason}.", place=path) from error
    except _library_errors() as error:
        raise ArticleError(f"{path!r} cannot be read: {_reason(error)}.", place=path) from error


def _library_errors() -> tuple[type[Exception], ...]:
    """Errors of reading, of Python and of those packages that are loaded by the time that one is raised."""
    found = (getattr(sys.modules.get(module), name, None) for module, name in _RAISED)
    own = (error for error in found if isinstance(error, type) and issubclass(error, Exception))
    return OSError, ValueError, EOFError, *own


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the path"
    if isinstance(error, PermissionError) or "redential" in f"{type(error).__name__} {error}":
        return f"access is denied; check your credentials and permissions ({_first_line(error)})"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return _first_line(error)


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0].rstrip(".")


def _scheme(path: str) -> str | None:
    match = _SCHEME.match(path)
    return (match[1] or match[2]).lower() if match else None
