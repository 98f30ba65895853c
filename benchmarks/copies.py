"""Many different reports made of a few: each copy has a department of its own, so nothing is a duplicate."""

from __future__ import annotations

import zipfile
from itertools import islice
from pathlib import Path

from benchmarks.synthetic import departments
from pipelines.examination import examine
from schema.examination import Examined

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
BODY = "word/document.xml"


def bases(count: int = 8) -> list[tuple[Path, str]]:
    """Word reports of fixtures/ whose department stands in one piece in the XML, with its name."""
    found = []
    for path in sorted(REPORTS.glob("*-clean.docx")):
        result = examine(path)
        if isinstance(result, Examined) and (name := result.report.department):
            with zipfile.ZipFile(path) as archive:
                if archive.read(BODY).count(name.encode()) >= 2:
                    found.append((path, name))
    return found[:count]


def make_copies(folder: Path, count: int) -> Path:
    """`count` reports in `folder`; what is there already stays."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [(number, folder / f"{number:06}.docx") for number in range(count)]
    wanted = [(number, target) for number, target in wanted if not target.exists()]
    if not wanted:
        return folder
    chosen, names = bases(), list(islice(departments(count), count))
    for number, target in wanted:
        source, old = chosen[number % len(chosen)]
        part = target.with_suffix(".part")
        with (
            zipfile.ZipFile(source) as archive,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy,
        ):
            for name in archive.namelist():
                content = archive.read(name)
                if name.startswith("word/") and name.endswith(".xml"):
                    content = content.replace(old.encode(), names[number].encode())
                copy.writestr(name, content)
        part.rename(target)
    return folder
