"""A filter of system calls, seccomp(2) of Linux: no sockets, no other programs or processes.

The filter is a program for the kernel's packet filter (BPF) over the number of the call, as the kernel's
Documentation/userspace-api/seccomp_filter.rst describes; what it refuses fails with EPERM.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Mapping
from types import MappingProxyType

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000 | errno.EPERM
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
"""Offsets into `struct seccomp_data`."""
_X32 = 0x40000000
"""Numbers from here are calls of the x32 ABI, under which all calls have second names."""

_ARCHITECTURES: Mapping[str, int] = MappingProxyType({"x86_64": 0xC000003E, "aarch64": 0xC00000B7})
_CALLS: Mapping[str, tuple[int, int]] = MappingProxyType({
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "execve": (59, 221), "execveat": (322, 281), "kill": (62, 129), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438), "bpf": (321, 280), "io_uring_setup": (425, 425),
})  # fmt: skip
"""What is refused: numbers on x86-64 and on 64-bit ARM. A ring of io_uring could open sockets as well."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def refuse_calls() -> bool:
    """Refuses such calls to this thread and all that it starts from now on; gives whether the system can."""
    if sys.platform != "linux" or platform.machine() not in _ARCHITECTURES:
        return False
    code = program(platform.machine())
    held = ctypes.create_string_buffer(code, len(code))
    given = _Program(len(code) // 8, ctypes.addressof(held))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(prctl(_SET_SECCOMP, _FILTER, ctypes.byref(given), 0, 0) == 0)


def program(machine: str) -> bytes:
    """The filter for `x86_64` or `aarch64`, eight bytes an instruction.

    >>> len(program("aarch64")) // 8
    18
    """
    refused = [numbers[list(_ARCHITECTURES).index(machine)] for numbers in _CALLS.values()]
    tests = [(_AT_LEAST, _X32)] if machine == "x86_64" else []
    tests += [(_EQUAL, number) for number in refused]
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 0, len(tests) + 2, _ARCHITECTURES[machine]),  # calls of another architecture fail
        (_LOAD, 0, 0, _NUMBER_AT),
        *((code, len(tests) - place, 0, value) for place, (code, value) in enumerate(tests)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
