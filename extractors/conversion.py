"""Legacy files of a run, converted several in one start of LibreOffice: starting it costs more than converting."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from extractors.compound import MAGIC
from extractors.intake import identify
from extractors.readers import legacy
from schema.errors import NotReadable

#: files a start: with the limits of `legacy` even a batch that hangs ends within a worker's 300 seconds
BATCH = 10
#: whatever is left over after so many seconds, or so many starts, is converted by itself
SECONDS, STARTS = 240.0, 3
#: larger files wait for a start of their own, so that a batch stays small in memory
MAX_BYTES = 10 << 20

#: how files begin that LibreOffice may have to convert; .xls and .xlsx among them are told apart later
_ODF = b"mimetypeapplication/vnd.oasis.opendocument.text"
_XML = (b"<?xml", b"\xef\xbb\xbf<?xml")


def may_be_legacy(path: Path) -> bool:
    """Whether the first bytes of a file speak for a format that LibreOffice has to convert."""
    try:
        with path.open("rb") as stream:
            head = stream.read(128)
    except OSError:
        return False
    return head.startswith((MAGIC, b"{\\rtf", *_XML)) or _ODF in head


def convert_together(paths: Sequence[Path], into: Path) -> dict[Path, Path]:
    """Convert files to .docx in the folder `into`, in as few starts as may be; original -> converted.

    A file that is missing in the result was no legacy file, or has to be tried alone: it was refused, or
    it broke the batch. The others of its batch go on without it. Raises OSError for a full disk.
    """
    rest = {str(at): found for at, path in enumerate(paths) if (found := _legacy(path)) is not None}
    done: dict[Path, Path] = {}
    began = time.monotonic()
    for _ in range(STARTS):
        seconds = SECONDS - (time.monotonic() - began)
        if len(rest) < 2 or seconds < legacy.SECONDS_TO_START:
            break
        try:
            batch = legacy.convert_some(rest, seconds=seconds)
        except NotReadable:  # LibreOffice is missing: each file says so by itself
            break
        for key, content in batch.done.items():
            target = into / f"{len(done):05d}.docx"
            target.write_bytes(content)
            done[paths[int(key)]] = target
        if batch.end == "whole":
            break
        left = [key for key in rest if key not in batch.done]
        rest = {key: rest[key] for key in left[1:]}  # the first one was in hand when it broke off
    return done


def _legacy(path: Path) -> tuple[bytes, str] | None:
    """The content and suffix of a file that has to be converted."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    suffix: Mapping[str, str] = legacy.SUFFIXES
    found = suffix.get(identify(data, path.name))
    return (data, found) if found else None
