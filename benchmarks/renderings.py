"""Whether one report says the same as .docx, .pdf, .doc and scan: facts beside those of the Word file.

    python benchmarks/renderings.py [--docs FOLDER ...] [--formats pdf,scan] [--only STEM] [--make pdf,doc] [--brief]

A fact is its concept, value, period, stage and subject, each statement counted once; a finding its rule and
subject, notices aside. Where a stem has no .docx, its renderings have nothing to be compared with and are left out. `--make` adds
renderings that the fixtures do not hold: LibreOffice writes .pdf, .doc, .rtf and .odt of every Word file, and
`scan` a tilted, dirtied picture of its pages; they are kept in .bench/renderings. Not all that is lost is lost by
reading: LibreOffice's RTF has no text boxes and "?" for 、 in list numbers, its PDF shows deleted text.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.score import fold, reader_of  # noqa: E402
from pipelines.examination import examine_all  # noqa: E402
from schema.examination import Examined, Result  # noqa: E402

KEPT = Path(os.environ.get("JIHE_BENCH", ROOT / ".bench")) / "renderings"
FOLDERS = tuple(ROOT / "fixtures" / name for name in ("reports", "unseen", "unseen/docs", "field"))
REFERENCE = "docx"
MADE = ("pdf", "doc", "rtf", "odt", "scan")
Key = tuple[str, ...]


def stem_of(path: Path) -> str:
    """The report a file is a rendering of: `a.scan.pdf` and `a.pdf` are both of `a`."""
    return path.name.split(".")[0]


def facts_of(result: Result) -> set[Key]:
    """What a result says, findings too; a refusal says nothing."""
    if not isinstance(result, Examined):
        return set()
    facts = {
        (fact.concept, _plain(fact.value), str(fact.period), str(fact.stage), fold(fact.subject or ""))
        for fact in result.report.facts
    }
    return facts | {("!", finding.rule, fold(finding.subject or "")) for finding in result.verdicts.findings}


def _plain(value: object) -> str:
    try:
        return f"{Decimal(str(value)).normalize():f}"
    except InvalidOperation:
        return fold(value)


def renderings(folder: Path) -> dict[str, list[Path]]:
    """The files of every report of a folder that has a Word file, that one first."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix not in (".json", ".py", ".xlsx"):
            found.setdefault(stem_of(path), []).append(path)
    for files in found.values():
        files.sort(key=lambda path: reader_of(path.name) != REFERENCE)
    return {stem: files for stem, files in found.items() if reader_of(files[0].name) == REFERENCE}


def make(words: Sequence[Path], formats: Iterable[str], into: Path) -> list[Path]:
    """Renderings of Word files that LibreOffice and a little noise make; those that are there are kept."""
    from fixtures.build.press import convert, scan

    into.mkdir(parents=True, exist_ok=True)
    made = []
    for form in sorted(formats, key=lambda form: form == "scan"):
        written = "pdf" if form == "scan" else form
        missing = [path for path in words if not (into / f"{path.stem}.{written}").exists()]
        with tempfile.TemporaryDirectory() as scratch:
            closed = [_closed(path, Path(scratch)) for path in missing]
            for at in range(0, len(missing), 50):
                convert(closed[at : at + 50], into, written)
        for path in words:
            target = into / f"{path.stem}.{form if form != 'scan' else 'scan.pdf'}"
            if form == "scan" and not target.exists():
                scan(into / f"{path.stem}.pdf", target, path.stem, pages=40)
            made.append(target)
    return made


def _closed(path: Path, into: Path) -> Path:
    """The Word file with a paragraph after a table at its end, as Word always has one: without it
    LibreOffice's .doc loses the table."""
    import docx

    document = docx.Document(str(path))
    last = [child.tag.rsplit("}", 1)[1] for child in document.element.body][-2:]
    if last[0] == "tbl" or last[-1] == "tbl":
        document.add_paragraph()
        document.save(str(into / path.name))
        return into / path.name
    return path


def compare(folder: Path, args: argparse.Namespace) -> dict[str, Counter[str]]:
    """Print every rendering of a folder that says something else; gives the counts by format."""
    groups = {stem: files for stem, files in renderings(folder).items() if stem.startswith(args.only or "")}
    if args.make:
        for path in make([files[0] for files in groups.values()], args.make.split(","), KEPT / folder.name):
            if reader_of(path.name) not in {reader_of(one.name) for one in groups[stem_of(path)]}:
                groups[stem_of(path)].append(path)
    wanted = set(args.formats.split(",")) if args.formats else None
    chosen = {
        stem: [files[0], *(one for one in files[1:] if not wanted or reader_of(one.name) in wanted)]
        for stem, files in groups.items()
    }
    files = [path for group in chosen.values() if len(group) > 1 for path in group]
    answers = dict(
        zip(files, examine_all([(path, path.name) for path in files], workers=args.workers), strict=True)
    )
    counts: dict[str, Counter[str]] = {}
    for group in chosen.values():
        for path in group[1:]:
            _compare(answers[group[0]], path, answers[path], counts, args.brief)
    return counts


def _compare(
    reference: Result, path: Path, answer: Result, counts: dict[str, Counter[str]], brief: bool
) -> None:
    expected, given = facts_of(reference), facts_of(answer)
    count = counts.setdefault(reader_of(path.name), Counter())
    count["documents"] += 1
    count["same"] += expected == given
    count["shared"] += len(expected & given)
    count["all"] += len(expected | given)
    if expected == given:
        return
    reason = "" if isinstance(answer, Examined) else f" refused: {answer.message}"
    print(f"{path.name}: {len(expected - given)} lost, {len(given - expected)} else{reason}")
    if not brief:
        for mark, keys in (("-", expected - given), ("+", given - expected)):
            for key in sorted(keys):
                print(f"    {mark} {' '.join(part for part in key if part != 'None')}")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--docs", type=Path, nargs="+", default=[one for one in FOLDERS if one.is_dir()])
    parser.add_argument("--formats", help="pdf,doc,txt,scan: only these beside the Word file")
    parser.add_argument("--only", help="reports whose name starts so")
    parser.add_argument("--make", help=f"add renderings of these formats: {','.join(MADE)}")
    parser.add_argument("--brief", action="store_true", help="name the documents, not each fact")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    total: dict[str, Counter[str]] = {}
    for folder in args.docs:
        for form, count in compare(folder, args).items():
            total.setdefault(form, Counter()).update(count)
    print(f"{'':<8}{'documents':>10}{'the same':>10}{'facts':>8}{'agree':>9}")
    for form, count in sorted(total.items()):
        share = count["shared"] / max(count["all"], 1)
        print(f"{form:<8}{count['documents']:>10}{count['same']:>10}{count['all']:>8}{share:>9.4f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
