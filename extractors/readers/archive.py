"""ZIP archives as bureaus receive them: GBK names, archives within archives, and hostile ones."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from schema.errors import NotReadable

#: what systems leave behind in folders and archives, and what no one means to send
NOISE = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", "~$", ".~")

UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much an archive may hold: members, bytes when inflated (each, and all together), depth."""

    members: int = 5_000
    member_bytes: int = 200 << 20
    total_bytes: int = 2 << 30
    ratio: int = 200  # inflated / stored, judged only above `ratio_from` bytes
    ratio_from: int = 20 << 20
    depth: int = 3


@dataclass(frozen=True, slots=True)
class Member:
    """A file from an archive: its name inside ("甲/乙.docx"), and where it was put, or why it was not."""

    name: str
    path: Path | None
    refusal: NotReadable | None = None


def is_noise(name: str) -> bool:
    """Whether a name is a system's or an editor's leftover.

    >>> is_noise("甲/~$自评报告.docx"), is_noise("甲/自评报告.docx")
    (True, False)
    """
    return any(part.startswith(NOISE) for part in PurePosixPath(name).parts)


def member_name(info: zipfile.ZipInfo) -> str:
    """The name as its author saw it: ZIP tools on Chinese Windows write GBK and do not say so."""
    if info.flag_bits & UTF8_FLAG:
        return info.filename
    raw = info.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def unpack(path: Path, into: Path, limits: ArchiveLimits | None = None) -> list[Member]:
    """Put the archive's files into the folder `into`, inner archives too.

    Files are written under names of our own, so no member's name can reach outside. Raises NotReadable
    where the archive as a whole is broken; a single bad member is a Member with its refusal.
    """
    return list(_unpack(path, path.name, into, limits or ArchiveLimits(), 1, _Budget()))


@dataclass(slots=True)
class _Budget:
    members: int = 0
    total: int = 0


def _unpack(
    path: Path, shown: str, into: Path, limits: ArchiveLimits, depth: int, spent: _Budget
) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise NotReadable("corrupt", f"压缩包“{shown}”无法打开，可能已损坏或没有传完。") from error
    with archive:
        for info in archive.infolist():
            name = member_name(info)
            if info.is_dir() or is_noise(name):
                continue
            spent.members += 1
            if spent.members > limits.members:
                raise NotReadable("too_large", f"压缩包“{shown}”内文件超过{limits.members}个。")
            try:
                target = _write(archive, info, name, into, limits, spent)
            except NotReadable as refusal:
                yield Member(name, None, refusal)
                continue
            if _is_plain_zip(target):
                yield from _inner(target, name, into, limits, depth, spent)
            else:
                yield Member(name, target)


def _inner(
    target: Path, name: str, into: Path, limits: ArchiveLimits, depth: int, spent: _Budget
) -> Iterator[Member]:
    if depth >= limits.depth:
        yield Member(name, None, NotReadable("too_large", f"“{name}”：压缩包嵌套超过{limits.depth}层。"))
        return
    try:
        for member in _unpack(target, name, into, limits, depth + 1, spent):
            yield Member(f"{name}/{member.name}", member.path, member.refusal)
    except NotReadable as refusal:
        yield Member(name, None, refusal)


def _write(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    into: Path,
    limits: ArchiveLimits,
    spent: _Budget,
) -> Path:
    """Inflate one member, counting what really comes out: the sizes in the directory may lie."""
    if stat.S_ISLNK(info.external_attr >> 16):
        raise NotReadable("unsupported_format", f"压缩包内的“{name}”是链接，不是文件。")
    if info.flag_bits & ENCRYPTED_FLAG:
        raise NotReadable("encrypted", f"压缩包内的“{name}”有密码，请解密后重新报送。")
    folder = into / f"{spent.members:05d}"
    folder.mkdir(parents=True, exist_ok=True)
    suffix = PurePosixPath(name).suffix[:10]
    target = folder / f"{PurePosixPath(name).stem[:60] or 'file'}{suffix}".replace("/", "_").replace(
        "\\", "_"
    )
    size = 0
    try:
        with archive.open(info) as source, target.open("wb") as sink:
            while piece := source.read(PIECE):
                size += len(piece)
                spent.total += len(piece)
                swollen = size > limits.ratio_from and size > limits.ratio * max(info.compress_size, 1)
                if swollen or size > limits.member_bytes or spent.total > limits.total_bytes:
                    raise NotReadable("too_large", f"压缩包内的“{name}”解压后过大，已停止。")
                sink.write(piece)
    except NotReadable:
        target.unlink(missing_ok=True)
        raise
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        target.unlink(missing_ok=True)
        raise NotReadable("corrupt", f"压缩包内的“{name}”无法解压，可能已损坏。") from error
    return target


def _is_plain_zip(path: Path) -> bool:
    """A ZIP that is no office document: those are ZIPs too."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return not names & {"[Content_Types].xml", "mimetype", "OFD.xml"}
