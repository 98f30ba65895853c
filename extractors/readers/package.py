"""The parts of an Office Open XML file, opened with limits on what they may inflate to."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lxml import etree

from schema.errors import NotReadable

Element = Any  # lxml's own; its stubs lag behind what is used here

MAX_PART = 48 * 1024 * 1024  # of one XML part inflated; a tree takes about ten times as much
MAX_PARTS = 96 * 1024 * 1024  # of all XML parts together
MAX_MEMBERS = 20_000
_PIECE = 1 << 16  # whole, a large part costs the system more to make room for than to inflate

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
# an encrypted member, a method that zipfile lacks, a bad checksum, a lying directory
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


class Package:
    """XML parts by name, parsed without entities and without the network.

    Strict namespaces become transitional ones, so that one walk serves both.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise NotReadable("corrupt", "已损坏或没有传完，无法打开，请重新报送。") from error
        members = self._archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise NotReadable("too_large", f"内含{len(members)}个部件，超过上限，拒绝读取。")
        self._members = {info.filename.lstrip("/").lower(): info for info in members}
        self._inflated = 0

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._members

    def read(self, part: str) -> bytes:
        """A part's bytes; NotReadable as `pieces`."""
        return b"".join(self.pieces(part))

    def pieces(self, part: str) -> Iterator[bytes]:
        """A part's bytes in small pieces; NotReadable too_large before anything large is inflated."""
        info = self._members[part.lower()]
        self._inflated += info.file_size
        if info.file_size > MAX_PART or self._inflated > MAX_PARTS:
            raise NotReadable("too_large", f"的部件{part}解压后过大，疑似压缩炸弹，拒绝读取。")
        if info.flag_bits & 1:
            raise NotReadable("encrypted", "已加密，请取消密码后重新报送。")
        try:
            with self._archive.open(info) as member:  # never more than file_size, whatever the data says
                while piece := member.read(_PIECE):
                    yield piece
        except _BROKEN as error:
            raise NotReadable("corrupt", f"的部件{part}已损坏，无法读取，请重新报送。") from error

    def xml(self, part: str, trim: Callable[[Iterable[bytes]], bytes] = b"".join) -> Element | None:
        """A part's root element; None where the package has no such part.

        `trim` makes the XML from the part's pieces, without what the caller has no use for.
        """
        if part.lower() not in self._members:
            return None
        data = trim(self.pieces(part))
        if b"http://purl.oclc.org/ooxml/" in data:
            data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
        try:
            root = etree.fromstring(data, _PARSER)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise NotReadable("corrupt", f"的部件{part}不是有效的XML，无法读取，请重新报送。") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise NotReadable("corrupt", f"的部件{part}含有实体定义，不是正常的Word文件，拒绝读取。")
        return root

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> (last word of its type, the part it points at) for targets inside the file."""
        folder, name = posixpath.split(part)
        rels = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if rels is None:
            return {}
        found = {}
        for rel in rels:
            if rel.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, rel.get("Target", ""))).lstrip("/")
                found[rel.get("Id", "")] = (rel.get("Type", "").rsplit("/", 1)[-1], target)
        return found
