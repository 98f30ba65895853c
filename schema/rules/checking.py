"""From a report to its verdicts: every rule tried, then one finding for each slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from schema.finding import Finding, Outcome, Verdicts
from schema.profile import Profile, choose_profile, load_profile
from schema.report import Report
from schema.rules.doubts import unsure
from schema.rules.figures import Book
from schema.rules.kinds import Need, Rule, Trial, Tried
from schema.rules.table import RULES

#: a finding of the first rule speaks for one of the others on the same table row
ROW_ORDER = ("number.malformed", "score.bounds", "score.execution", "score.unearned", "deviation.unexplained",
             "score.unexplained", "indicator.incomplete", "indicator.overachieved")  # fmt: skip


def check(report: Report, profile: Profile | str | None = None, rules: Sequence[Rule] = RULES) -> Verdicts:
    """What the rule book says of one report. `profile` None is chosen by the report's content; a name
    or a path is loaded (raises NotAProfile)."""
    chosen = (
        profile if isinstance(profile, Profile)
        else load_profile(profile) if profile else choose_profile(report)
    )  # fmt: skip
    book = Book(report, chosen)
    if report.kind == "other" and not report.project_lists:
        nothing = tuple(Outcome(rule.id, None, "not_run", ("绩效自评报告或自评表",)) for rule in rules)
        return Verdicts(chosen.name, nothing, ())
    for rule in rules:
        book.tried.extend(Tried(rule, trial) for trial in _run(rule, book))
    under = _explained(book.tried)
    return Verdicts(
        chosen.name,
        tuple(_outcome(t, under) for t in book.tried),
        _findings(book.tried, under),
    )


def _run(rule: Rule, book: Book) -> list[Trial]:
    """A rule's trials. A rule that raises gives one finding that says so; the run goes on."""
    try:
        return _doubting(rule, [_sure(book, trial) for trial in rule.engine(book)])
    except Exception as error:
        return [
            Trial(
                None,
                "broken",
                message=f"规则运行失败：{rule.zh}未能核对（{type(error).__name__}），请人工核对此项",
                severity="notice",
                clause=None,
            )
        ]


def _sure(book: Book, trial: Trial) -> Trial:
    """A figure that was recognised badly may be wrong itself: then it is only worth a look."""
    weak = trial.outcome == "broken" and unsure(trial.evidence, book.report.facts)
    return replace(trial, severity="notice") if weak else trial


#: rules of which a department seldom breaks two in one place, and a reading that takes one column or clause for
#: another does so at once
SELDOM_TWICE = frozenset({"rate.execution", "duplicate.conflict", "sum.staff"})


def _doubting(rule: Rule, trials: Sequence[Trial]) -> list[Trial]:
    """The trials, those doubted that break one rule by different figures of one paragraph or table, where it does
    not hold more often."""
    broken: dict[object, set[str | None]] = {}
    held: Counter[object] = Counter()
    for each in trials if rule.id in SELDOM_TWICE else ():
        if each.outcome == "broken" and each.severity != "notice":
            broken.setdefault(_place(each), set()).add(each.stated)
        held[_place(each)] += each.outcome == "held"
    doubted = {place for place, stated in broken.items() if place and len(stated) > max(1, held[place])}
    why = "；同处不止一项不符，也可能是对应关系不同，请对照原件核对"
    return [
        replace(each, severity="notice", message=each.message + why)
        if each.outcome == "broken" and each.severity != "notice" and _place(each) in doubted
        else each
        for each in trials
    ]


def _place(trial: Trial) -> tuple[str, int] | None:
    """The table or the paragraph of the figure that a trial judges."""
    operands = trial.calculation.operands if trial.calculation else ()
    judged = trial.evidence[0] if trial.evidence else operands[0].evidence if operands else None
    if judged is None:
        return None
    return ("block", judged.block) if judged.table is None else ("table", judged.table)


def _loud(tried: Tried) -> bool:
    return tried.trial.outcome == "broken" and (tried.trial.severity or tried.rule.severity) != "notice"


def _explained(tried: Sequence[Tried]) -> dict[int, Trial]:
    """Broken trials that another one explains, by id, each with the one that does."""
    broken = [t for t in tried if t.trial.outcome == "broken"]
    under: dict[int, Trial] = {}
    for each in broken:
        for gone in each.trial.replaces:
            under[id(gone)] = each.trial

        if each.trial.replaces:
            keys = set.intersection(*({n.key for n in gone.needs} for gone in each.trial.replaces))
            for other in broken:
                if other is not each and id(other.trial) not in under and _uses(other.trial, keys):
                    under[id(other.trial)] = each.trial
    _by_shared_figure([t for t in broken if id(t.trial) not in under and _loud(t)], under)
    _by_row([t for t in broken if id(t.trial) not in under], under)
    return under


def _uses(trial: Trial, keys: Iterable[object]) -> bool:
    return any(need.key in set(keys) for need in trial.needs)


def _by_shared_figure(broken: Sequence[Tried], under: dict[int, Trial]) -> None:
    """Where moving one figure would mend two rules, the rule higher in the table speaks for both."""
    for index, first in enumerate(broken):
        if id(first.trial) in under:
            continue
        for second in broken[index + 1 :]:
            if id(second.trial) not in under and _mended(first.trial.needs, second.trial.needs):
                under[id(second.trial)] = first.trial


def _mended(one: tuple[Need, ...], other: tuple[Need, ...]) -> bool:
    return any(
        a.key == b.key and a.wanted is not None and b.wanted is not None and a.wanted.meets(b.wanted)
        for a in one
        for b in other
    )


def _by_row(broken: Sequence[Tried], under: dict[int, Trial]) -> None:
    """One row of a table gives one finding: the one that explains it best."""
    best: dict[tuple[int, int], Tried] = {}
    ranked = [t for t in broken if t.trial.row and t.rule.id in ROW_ORDER]
    for each in sorted(ranked, key=lambda t: (not _loud(t), ROW_ORDER.index(t.rule.id))):
        first = best.setdefault(each.trial.row or (-1, -1), each)
        if first is not each:
            under[id(each.trial)] = first.trial


def _outcome(tried: Tried, under: dict[int, Trial]) -> Outcome:
    trial = tried.trial
    if id(trial) in under:
        because = f"已由另一条发现说明：{under[id(trial)].message}"
        return Outcome(tried.rule.id, trial.subject, "not_run", (because,), trial.calculation)
    return Outcome(tried.rule.id, trial.subject, trial.outcome, trial.missing, trial.calculation)


def _findings(tried: Sequence[Tried], under: dict[int, Trial]) -> tuple[Finding, ...]:
    seen: Counter[tuple[object, ...]] = Counter()
    broken = [t for t in tried if t.trial.outcome == "broken"]
    made = {id(t.trial): _finding(t, seen) for t in broken}

    def root(trial: Trial) -> int:
        while id(trial) in under:
            trial = under[id(trial)]
        return id(trial)

    below: dict[int, list[Finding]] = {}
    for each in broken:
        if id(each.trial) in under:
            below.setdefault(root(each.trial), []).append(made[id(each.trial)])
    return tuple(
        _with(made[id(t.trial)], tuple(below.get(id(t.trial), ())))
        for t in broken
        if id(t.trial) not in under
    )


def _with(finding: Finding, suppressed: tuple[Finding, ...]) -> Finding:
    return replace(finding, suppressed=suppressed) if suppressed else finding


def _finding(tried: Tried, seen: Counter[tuple[object, ...]]) -> Finding:
    rule, trial = tried.rule, tried.trial
    name = (rule.id, trial.subject, trial.stated, trial.expected)
    seen[name] += 1
    return Finding(
        rule=rule.id,
        severity=trial.severity or rule.severity,
        subject=trial.subject,
        message=trial.message,
        stated=trial.stated,
        expected=trial.expected,
        clause=trial.clause or rule.clause,
        fingerprint=fingerprint(*name, seen[name]),
        evidence=trial.evidence,
        calculation=trial.calculation,
    )


def fingerprint(*parts: object) -> str:
    """A name for a finding that no shift of the text changes: 16 hexadecimal digits."""
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
