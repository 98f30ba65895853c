"""Legacy word-processor files (.doc, .wps, .rtf, .odt) through LibreOffice, an optional system package.

Each conversion has a profile folder of its own (LibreOffice locks its profile), macros are off, and a
timeout kills the whole process group. Several files go through one start: starting costs more than
converting (1.7 s for one file, 3.8 s for ten).
"""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from extractors import compound
from extractors.readers.docx import read_docx
from schema.document import Document, Ledger, Loss, Source
from schema.errors import NotReadable

#: what LibreOffice is told a file is, by media type: it would otherwise go by the extension
SUFFIXES: Mapping[str, str] = {
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.text-flat-xml": ".fodt",
    "application/vnd.ms-word.xml": ".xml",
}

SECONDS_TO_START, SECONDS_A_FILE = 60, 20
#: seconds between two looks at how far it is
LOOK = 0.05

#: macros never run and nothing is asked or fetched
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
 <prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
 <prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
 <prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
 <prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def office() -> str | None:
    """The LibreOffice program, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@dataclass(frozen=True, slots=True)
class Batch:
    """What one start came to: the converted contents by key, and how it ended.

    "hung" was killed over a file that took too long, "broke" died of one: the first, in the order given,
    that is not done. A file that LibreOffice refuses is not done either, but the others are.
    """

    done: dict[str, bytes]
    end: Literal["whole", "hung", "broke"]


def convert(files: Mapping[str, tuple[bytes, str]], to: str = "docx") -> dict[str, bytes]:
    """Convert files in one start of LibreOffice.

    `files` maps a key of the caller's to (content, suffix); the result maps the keys of those that
    could be converted to the new content. Raises NotReadable where LibreOffice is missing or hangs.
    """
    batch = convert_some(files, to)
    if batch.end == "hung":
        seconds = SECONDS_TO_START + SECONDS_A_FILE
        raise NotReadable("timeout", f"LibreOffice转换超过{seconds:g}秒，已停止。")
    return batch.done


def convert_some(
    files: Mapping[str, tuple[bytes, str]], to: str = "docx", seconds: float = math.inf
) -> Batch:
    """As `convert`, telling also what was done before a file hung or broke LibreOffice; `seconds` limits
    the whole start. Raises NotReadable where LibreOffice is missing."""
    program = office()
    if program is None:
        raise NotReadable(
            "unsupported_format",
            "读取旧版文档（.doc、.wps、.rtf、.odt）需要LibreOffice，本机未安装；"
            "请安装后重试，或另存为.docx再报送。",
        )
    with tempfile.TemporaryDirectory(prefix="jihe-office-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        sources, results = folder / "in", folder / "out"
        profile = folder / "profile" / "user"
        for each in (sources, results, profile):
            each.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(PROFILE, "utf8")
        names = {}
        for at, (key, (content, suffix)) in enumerate(files.items()):
            names[key] = f"{at:05d}"
            (sources / f"{at:05d}{suffix}").write_bytes(content)
        command = [
            program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", to, "--outdir", str(results), *map(str, sorted(sources.iterdir())),
        ]  # fmt: skip
        end = _run(command, folder, results, seconds)
        done = {key: results / f"{name}.{to}" for key, name in names.items()}
        return Batch({key: path.read_bytes() for key, path in done.items() if _is_whole(path)}, end)


def _is_whole(path: Path) -> bool:
    """Whether the file is there and, being a .docx, was not cut short by a kill."""
    return path.is_file() and (path.suffix != ".docx" or zipfile.is_zipfile(path))


def _run(command: list[str], home: Path, results: Path, seconds: float) -> Literal["whole", "hung", "broke"]:
    """Run to the end, or kill the whole process group (soffice is a script with a child that survives it)
    where no further file appears in time; how it ended."""
    environment = {**os.environ, "HOME": str(home), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(  # noqa: S603 - a fixed program, files under names of our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    now = time.monotonic()
    last, moved_on = now + seconds, now + SECONDS_TO_START
    seen = 0
    try:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return "broke" if process.wait(timeout=LOOK) else "whole"
            now = time.monotonic()
            if (count := sum(1 for _ in results.iterdir())) > seen:
                seen, moved_on = count, now
            if now > min(last, moved_on + SECONDS_A_FILE):
                return "hung"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def read_legacy(data: bytes, source: Source, converted: bytes | None = None) -> Document:
    """A legacy document by way of .docx, which was `converted` before or is now.

    Raises NotReadable where it cannot be converted.
    """
    # LibreOffice would take a compound file without its directory for plain text
    if source.media_type == "application/msword" and "WordDocument" not in compound.streams(data):
        raise NotReadable("corrupt", f"“{source.name}”的内部目录已损坏，请重新报送。")
    if converted is None:
        converted = _convert_one(data, source)
    document = read_docx(converted, source)
    note = Loss("LibreOffice", "旧版格式经LibreOffice转换后读取，转换前的字数无从核对", 0)
    ledger = Ledger(document.ledger.in_file, document.ledger.read, (*document.ledger.losses, note))
    return replace(document, source=replace(document.source, reader="legacy"), ledger=ledger)


def _convert_one(data: bytes, source: Source) -> bytes:
    try:
        done = convert({source.name: (data, SUFFIXES[source.media_type])})
    except NotReadable as refusal:
        raise NotReadable(refusal.code, f"“{source.name}”：{refusal.message}") from None
    if source.name not in done:
        raise NotReadable("corrupt", f"“{source.name}”无法由LibreOffice打开，文件可能已损坏或有密码。")
    return done[source.name]
