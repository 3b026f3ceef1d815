"""Rules on files, landlock(7) of Linux: a thread that has its store open reaches no file outside its folder.

They hold for the thread that sets them and all that it starts, not for those of the engine that run already,
which do the work of the store alone.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""System calls; the same numbers on all architectures."""
_VERSION, _PATH_BENEATH = 1, 1
_NO_NEW_PRIVILEGES = 38
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_RIGHTS = (0, 13, 14, 15, 15, 16)
"""How many rights over files each version of the interface knows; later ones know no more."""


def restrict_files(folder: Path, *, is_writing: bool) -> bool:
    """Refuses this thread all files but those in a folder; gives whether the system can.

    Args:
        folder: What may be read.
        is_writing: Whether files in it may be made, changed and removed as well.
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    version = library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)
    if version < 1:
        return False
    rights = (1 << _RIGHTS[min(version, len(_RIGHTS) - 1)]) - 1
    handled = ctypes.create_string_buffer(struct.pack("=Q", rights), 8)
    rules = library.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(8), 0)
    place = os.open(folder, os.O_RDONLY)
    try:
        allowed = rights if is_writing else _READ_FILE | _READ_FOLDER
        beneath = ctypes.create_string_buffer(struct.pack("=Qi", allowed, place), 12)
        steps = (
            library.syscall(_ADD_RULE, rules, _PATH_BENEATH, beneath, 0),
            library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0),
            library.syscall(_RESTRICT_SELF, rules, 0),
        )
    finally:
        os.close(place)
        os.close(rules)
    return not any(steps)
