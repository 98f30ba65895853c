"""What a call names: files, folders and ZIP archives, spread out to single files in a stable order."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from schema.errors import NotReadable
from schema.examination import Received

#: what an office machine leaves in folders: never a report
CLUTTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "__macosx"})
#: an archive may unfold to at most this much, whatever its directory claims
ARCHIVE_LIMIT = 4 * 1024**3
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. `path` is where its bytes are, `shown` what people know it by (an archive's
    member: "archive.zip!folder/report.docx"), `error` why there are none."""

    path: Path
    shown: str
    error: NotReadable | None = None

    @property
    def name(self) -> str:
        return self.shown.replace("!", "/").rsplit("/", 1)[-1]


class Search:
    """Spreads paths out; unpacked archives live until it is closed.

    `empty` collects folders and archives that hold no file, for a word to the user.
    """

    def __init__(self) -> None:
        self.empty: list[Path] = []
        self._unpacked = TemporaryDirectory(prefix="jihe-")

    def __enter__(self) -> Search:
        return self

    def __exit__(self, *_: object) -> None:
        self._unpacked.cleanup()

    def files(self, paths: Iterable[Path]) -> list[Found]:
        """Every file below the paths: the paths in their order, folders sorted by name."""
        found: list[Found] = []
        for path in paths:
            path = path.absolute()
            part = [one for file in _walk(path) for one in self._spread(file)]
            if not part:
                self.empty.append(path)
            found += part
        return found

    def _spread(self, path: Path) -> Iterator[Found]:
        if path.suffix.lower() != ".zip":
            yield Found(path, str(path))
            return
        try:
            with zipfile.ZipFile(path) as archive:
                if "[Content_Types].xml" in archive.namelist():  # a renamed Office document
                    yield Found(path, str(path))
                    return
                yield from self._members(path, archive)
        except (zipfile.BadZipFile, OSError, NotImplementedError):
            yield Found(path, str(path), NotReadable("corrupt", "压缩包已损坏，打不开"))

    def _members(self, path: Path, archive: zipfile.ZipFile) -> Iterator[Found]:
        left = ARCHIVE_LIMIT
        for info in sorted(archive.infolist(), key=member_name):
            name = member_name(info)
            if info.is_dir() or any(is_clutter(part) for part in name.split("/") if part != ".."):
                continue
            shown = f"{path}!{name}"
            if info.flag_bits & 0x1:
                yield Found(path, shown, NotReadable("encrypted", "压缩包有密码，请解密后重新报送"))
                continue
            folder = Path(mkdtemp(dir=self._unpacked.name))
            # the folder keeps members apart; a name of 255 bytes may not fit once decoded
            target = folder / (Path(name).stem[:60] + Path(name).suffix[:20])
            try:
                left -= _unpack(archive, info, target, left)
            except NotReadable as error:
                yield Found(path, shown, error)
                continue
            yield Found(target, shown)


def is_clutter(name: str) -> bool:
    """Hidden files, Word's lock files and what systems leave behind.

    >>> is_clutter("~$报告.docx"), is_clutter("报告.docx")
    (True, False)
    """
    return name.startswith((".", "~$")) or name.lower() in CLUTTER


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; archives made by Chinese Windows write GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def fingerprint(found: Found) -> Received:
    """A file's identity: its content hash and size. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    if found.error is None:
        with found.path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    else:  # no bytes to be had: the place itself stands for them
        digest.update(found.shown.encode("utf8", "surrogateescape"))
    return Received(found.name, found.shown, digest.hexdigest(), size)


def _walk(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, names, files in os.walk(path):
        names[:] = sorted(name for name in names if not is_clutter(name))
        yield from (Path(folder) / name for name in sorted(files) if not is_clutter(name))


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, limit: int) -> int:
    """Write a member to `target`; counts the bytes that really come, not those promised."""
    size = 0
    try:
        with archive.open(info) as source, target.open("wb") as sink:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise NotReadable("too_large", "压缩包解开后太大，请分批报送")
                sink.write(chunk)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise NotReadable("corrupt", "压缩包里的这个文件已损坏") from error
    except ValueError as error:
        raise NotReadable("corrupt", "压缩包里的这个文件名不合规") from error
    return size
