"""The files as they came: one a content, named by its sha256, written once and never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


class Originals:
    """A folder of contents: ab/abcdef….  Several processes and machines may write to it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def keep(self, source: Path, sha256: str) -> Path:
        """Copy a file in, unless its content is there. The name appears only when all of it is on disk.

        Raises OSError where the folder cannot be written, ValueError where the file is not the
        content announced (it changed since).
        """
        target = self.path(sha256)
        if target.exists():
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        try:
            digest = hashlib.sha256()
            with os.fdopen(handle, "wb") as sink, source.open("rb") as stream:
                while chunk := stream.read(1 << 20):
                    digest.update(chunk)
                    sink.write(chunk)
                sink.flush()
                os.fsync(sink.fileno())
            if digest.hexdigest() != sha256:
                raise ValueError(f"{source} changed while it was copied")
            Path(name).chmod(0o444)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
        return target

    def damaged(self) -> Iterator[str]:
        """The sha256 of every kept file whose content is no longer its own."""
        for path in sorted(self.folder.glob("??/*")):
            if path.name.startswith(".part-"):
                continue
            with path.open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != path.name:
                    yield path.name
