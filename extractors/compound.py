"""The directory of an OLE compound file: enough to tell a .doc from an .xls, and to see encryption."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # this and higher are marks, not sectors
_ENTRY = 128
_MOST_SECTORS = 4096  # of the directory: a loop in a broken file ends here


def streams(data: bytes) -> dict[str, int]:
    """Names at the root of the compound file, each with the sector it starts at; {} if it is broken.

    Only the root's own children count: a workbook embedded in a .doc has a "Workbook" further down.
    Source: MS-CFB 2.6.
    """
    try:
        entries = _entries(data)
        return dict(_children(entries)) if entries else {}
    except (struct.error, IndexError):
        return {}


def sector(data: bytes, number: int) -> bytes:
    """One sector's bytes, short or empty where the file ends before it."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    return data[(number + 1) * size : (number + 2) * size]


def _entries(data: bytes) -> list[bytes]:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        return []
    table: list[int] = []  # the sectors of the allocation table; 109 of them are named in the header
    for number in struct.unpack_from("<109I", data, 76):
        if number < _LAST_SECTOR:
            held = sector(data, number)
            table.extend(struct.unpack(f"<{len(held) // 4}I", held[: len(held) // 4 * 4]))
    entries: list[bytes] = []
    number = struct.unpack_from("<I", data, 48)[0]
    for _ in range(_MOST_SECTORS):
        if number >= _LAST_SECTOR:
            break
        held = sector(data, number)
        entries.extend(held[at : at + _ENTRY] for at in range(0, len(held), _ENTRY))
        number = table[number]
    return entries


def _children(entries: list[bytes]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    seen: set[int] = set()
    waiting = [struct.unpack_from("<I", entries[0], 76)[0]]
    while waiting:
        at = waiting.pop()
        if at >= len(entries) or at in seen:
            continue
        seen.add(at)
        entry = entries[at]
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        found.append((name, struct.unpack_from("<I", entry, 116)[0]))
        waiting.extend(struct.unpack_from("<II", entry, 68))
    return found
