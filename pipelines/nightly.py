"""What a night's work needs beside the flow: rules anew, files anew, what changed, the inbox, the summary."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from pipelines.across import Change, check_across
from pipelines.files import Found, is_clutter
from pipelines.settings import Settings
from pipelines.speech import OUTCOMES
from pipelines.versions import versions
from pipelines.workshop import Line, workshop
from schema.catalogue import BY_ID
from schema.codec import unpack
from schema.examination import Received
from schema.finding import Finding, Verdicts
from schema.profile import load_profile
from schema.report import Fact, Report
from schema.rules.checking import check
from storage import across
from storage.records import Paper, Submission
from storage.store import Store
from storage.tables import Paper as PaperRow

#: a file is settled when its size and time have stood still so long
SETTLED_SECONDS = 10.0
#: originals that are fetched at a time, to be read again
CHUNK = 100


def recheck_all(store: Store, settings: Settings) -> tuple[list[str], int]:
    """The rules in force over every stored report; gives a line for each finding gained or lost, and
    the number of documents. Files are not read."""
    lines, documents = [], 0
    run = store.begin_run([], settings.profile, kind="recheck")
    listed = store.submissions(statuses=("ok", "superseded"), limit=1_000_000).rows
    for submission in reversed(listed):
        documents += 1
        with store.reading() as connection:
            row = connection.execute(
                select(PaperRow.report, PaperRow.verdicts).where(PaperRow.submission_id == submission.id)
            ).one()
        before, report = unpack(row.verdicts, Verdicts), unpack(row.report, Report)
        asked = load_profile(submission.asked_profile, settings.home) if submission.asked_profile else None
        after = check(report, asked)
        current = versions(submission.asked_profile, settings.home).rulebook
        if after == before and submission.rulebook_version == current:
            continue
        store.writing(lambda c, s=submission.id, v=after, r=current: across.replace_verdicts(c, s, v, r))  # type: ignore[misc]
        if submission.status == "ok":
            where = f"{submission.department or submission.name} {submission.fiscal_year or ''}".strip()
            lines += _changes(where, before.findings, after.findings)
    changes = check_across(store)
    for change in changes:
        lines += [f"新增 {change.rule}（跨报告）"] * change.gained + [
            f"消除 {change.rule}（跨报告）"
        ] * change.lost
    counts = {"documents": documents, "gained": sum(x.startswith("新增") for x in lines)}
    store.end_run(run, counts | {"lost": len(lines) - counts["gained"]})
    return lines, documents


def _changes(where: str, before: Sequence[Finding], after: Sequence[Finding]) -> list[str]:
    old, new = {f.fingerprint: f for f in before}, {f.fingerprint: f for f in after}
    gained = [f"新增 {where} {f.rule}：{f.message}" for key, f in new.items() if key not in old]
    return gained + [f"消除 {where} {f.rule}：{f.message}" for key, f in old.items() if key not in new]


def again(settings: Settings, listed: Sequence[Submission], kind: str) -> tuple[list[Line], float]:
    """Documents once more from their originals, then the rules across reports; what this very reader
    read already is not read again, but a refused one is. Gives a line a document and the seconds."""
    began = time.monotonic()
    with workshop(settings) as shop:
        run = shop.store.begin_run([], settings.profile, kind=kind)
        known = shop.store.known([one.sha256 for one in listed])
        fresh = {k: v for k, v in known.items() if shop.fresh(v) and v.status != "quarantined"}
        lines: list[Line] = []
        oldest_first = list(reversed(listed))
        for start in range(0, len(listed), CHUNK):
            part = oldest_first[start : start + CHUNK]
            with shop.store.originals.here(one.sha256 for one in part) as paths:
                pairs = [
                    (Found(paths[one.sha256], one.path), Received(one.name, one.path, one.sha256, one.size))
                    for one in part
                    if one.sha256 in paths
                ]
                lines += shop.examine_and_load(run, pairs, fresh)
        check_across(shop.store)
        shop.store.end_run(run, dict(Counter(line.outcome for line in lines)))
    return lines, time.monotonic() - began


def differences(store: Store, department: str, year: int) -> Iterator[str]:
    """What the newest version of each document changed in facts and findings. Raises Missing."""
    filed = store.report(department, year)
    slots: dict[tuple[str | None, str], list[Submission]] = {}
    for one in sorted(filed.submissions, key=lambda s: s.version):
        if one.status in ("ok", "superseded"):
            slots.setdefault((one.kind, one.project), []).append(one)
    told = False
    for chain in slots.values():
        if len(chain) < 2:
            continue
        told = True
        old, new = (store.paper(one.id) for one in chain[-2:])
        yield f"{new.submission.name}：第{old.submission.version}版 → 第{new.submission.version}版"
        yield from (f"  {line}" for line in _changed(old, new))
    if not told:
        yield f"{filed.summary.department}{year}年度只报送过一版，没有可比的变化"


def _changed(old: Paper, new: Paper) -> Iterator[str]:
    before, after = _stated(old.report.facts), _stated(new.report.facts)
    for key in dict.fromkeys((*before, *after)):
        concept, subject, period, stage = key
        if before.get(key) != after.get(key):
            stages = {"initial": "年初", "adjusted": "调整后"}
            parts = (str(period or ""), subject or "", stages.get(stage or "", ""), BY_ID[concept].zh)
            unit = {"money": "元", "percent": "%"}.get(BY_ID[concept].kind, "")
            was, now = (
                "、".join(f"{v}{unit}" for v in side.get(key, ())) or "（无）" for side in (before, after)
            )
            yield f"数据 {''.join(parts)}：{was} → {now}"
    yield from _changes("", old.verdicts.findings, new.verdicts.findings)


def _stated(facts: Sequence[Fact]) -> dict[tuple[str, str | None, int | None, str | None], tuple[str, ...]]:
    found: dict[tuple[str, str | None, int | None, str | None], tuple[str, ...]] = {}
    for fact in facts:
        key = (fact.concept, fact.subject, fact.period, fact.stage)
        if fact.value not in found.get(key, ()):
            found[key] = (*found.get(key, ()), fact.value)
    return found


def settled(
    folder: Path, seconds: float = SETTLED_SECONDS, sleep: Callable[[float], None] = time.sleep
) -> list[Path]:
    """The inbox's files whose size and time do not change while we watch: what is still being copied
    waits for the next night. The computer's clock is not asked."""
    first = _states(folder)
    if first:
        sleep(seconds)
    second = _states(folder)
    return [path for path, state in first.items() if second.get(path) == state]


def _states(folder: Path) -> dict[Path, tuple[int, int]]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if any(is_clutter(part) for part in path.relative_to(folder).parts):
            continue
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        if path.is_file():
            found[path] = (status.st_size, status.st_mtime_ns)
    return found


def write_summary(folder: Path, run: int, lines: Sequence[Line], changes: Sequence[Change] = ()) -> Path:
    """The run as a markdown file. Raises OSError."""
    counts = Counter(line.outcome for line in lines)
    text = [f"# 第 {run} 次运行", "", f"结束于 {datetime.now(UTC).astimezone():%Y-%m-%d %H:%M}", ""]
    text += [f"- {OUTCOMES.get(name, name)}：{count}份" for name, count in counts.items()]
    text += [f"- {c.rule}：新增{c.gained}条，消除{c.lost}条" for c in changes if c.gained or c.lost]
    text += ["", "| 文件 | 结果 | 部门 | 年度 | 问题 | 原因 |", "| --- | --- | --- | --- | --- | --- |"]
    for line in lines:
        if line.changed or line.outcome == "quarantined":
            cells = (Path(line.shown).name, OUTCOMES.get(line.outcome, line.outcome), line.department or "",
                     str(line.fiscal_year or ""), str(line.findings), line.reason)  # fmt: skip
            text.append(
                "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
            )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"run-{run:06}.md"
    path.write_text("\n".join(text) + "\n", "utf8")
    return path
