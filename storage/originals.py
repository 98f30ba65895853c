"""The files as they came: one a content, named by its sha256, written once and never changed.

They lie in a folder, or at any address that fsspec knows (s3://bucket/prefix); both answer to the same verbs.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from storage.engine import Unavailable


class Originals:
    """A folder of contents: ab/abcdef….  Several processes and machines may write to it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder.parent  # the data folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def keep(self, source: Path, sha256: str) -> None:
        """Copy a file in, unless its content is there. The name appears only when all of it is on disk.

        Raises OSError where the folder cannot be written, ValueError where the file is not the
        content announced (it changed since).
        """
        target = self.path(sha256)
        if target.exists():
            return
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

    def contents(self) -> Iterator[str]:
        """The sha256 of every kept file, sorted."""
        for path in sorted(self.folder.glob("??/[!.]*")):
            yield path.name

    def read(self, sha256: str) -> bytes:
        """Raises OSError."""
        return self.path(sha256).read_bytes()

    @contextmanager
    def here(self, contents: Iterable[str]) -> Iterator[dict[str, Path]]:
        """Those of them that are kept, as files of this machine, until the end of the block."""
        yield {sha256: path for sha256 in contents if (path := self.path(sha256)).exists()}

    def damaged(self) -> Iterator[str]:
        """The sha256 of every kept file whose content is no longer its own."""
        for sha256 in self.contents():
            with self.path(sha256).open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
                    yield sha256


class FarOriginals(Originals):
    """The same at an address that fsspec knows. What is read comes to this machine for as long as it takes.

    Any verb raises Unavailable where the place does not answer.
    """

    def __init__(self, url: str, home: Path) -> None:
        super().__init__(home / "originals")
        self.url = url
        self._place: tuple[Any, str] | None = None

    def keep(self, source: Path, sha256: str) -> None:
        files, name = self._at(sha256)
        with self._answering():
            if files.exists(name):
                return
        data = source.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ValueError(f"{source} changed while it was copied")
        with self._answering():
            files.pipe_file(name, data)  # one request: the name appears with all of the content

    def contents(self) -> Iterator[str]:
        files, root = self._open()
        with self._answering():
            found = files.find(root)
        yield from sorted(name.rsplit("/", 1)[-1] for name in found)

    def read(self, sha256: str) -> bytes:
        files, name = self._at(sha256)
        with self._answering(FileNotFoundError):
            data: bytes = files.cat_file(name)
        return data

    @contextmanager
    def here(self, contents: Iterable[str]) -> Iterator[dict[str, Path]]:
        with tempfile.TemporaryDirectory(prefix="jihe-") as folder:
            found = {}
            for sha256 in contents:
                try:
                    data = self.read(sha256)
                except FileNotFoundError:
                    continue
                found[sha256] = Path(folder) / sha256
                found[sha256].write_bytes(data)
            yield found

    def damaged(self) -> Iterator[str]:
        for sha256 in self.contents():
            if hashlib.sha256(self.read(sha256)).hexdigest() != sha256:
                yield sha256

    def _at(self, sha256: str) -> tuple[Any, str]:
        files, root = self._open()
        return files, f"{root}/{sha256[:2]}/{sha256}"

    def _open(self) -> tuple[Any, str]:
        if self._place is None:
            from fsspec.core import url_to_fs

            try:
                files, root = url_to_fs(self.url, use_listings_cache=False)
            except ImportError as error:
                raise Unavailable("原件存放在对象存储需要另外安装：pip install jihe[s3]") from error
            except ValueError as error:
                raise Unavailable(f"原件的存放地址不对：{self.url}") from error
            self._place = files, root.rstrip("/")
        return self._place

    @contextmanager
    def _answering(self, *expected: type[Exception]) -> Iterator[None]:
        try:
            yield
        except expected:
            raise
        except Exception as error:  # each service has errors of its own
            raise Unavailable(f"原件存放处 {self.url} 没有应答，或拒绝了请求：{error}") from error


def originals_at(home: Path, url: str = "") -> Originals:
    """The originals of a data folder: in it, or at an address."""
    return FarOriginals(url, home) if url else Originals(home / "originals")
