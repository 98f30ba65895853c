"""Counts for Prometheus: files, findings and the last run."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from storage.overview import totals
from storage.store import Store

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def measured(store: Store) -> bytes:
    """The text that Prometheus reads, made anew from the store."""
    registry = CollectorRegistry()
    found, facets = totals(store), store.facets()
    files = Gauge("jihe_submissions", "Files ever received, by status", ["status"], registry=registry)
    for status, count in found.submissions.items():
        files.labels(status).set(count)
    for name, counts in (("severity", facets["severity"]), ("status", facets["status"])):
        flags = Gauge(f"jihe_findings_by_{name}", f"Findings in force, by {name}", [name], registry=registry)
        for value, count in counts.items():
            flags.labels(value).set(count)
    pending = Gauge(
        "jihe_reports_pending", "Departments' years with findings nobody judged", registry=registry
    )
    pending.set(found.pending)
    for run in store.runs(1):
        started = Gauge(
            "jihe_last_run_started_seconds", "When the last run began (Unix time)", registry=registry
        )
        started.set(run.started_at.timestamp())
        if run.finished_at:
            took = Gauge("jihe_last_run_seconds", "How long the last finished run took", registry=registry)
            took.set((run.finished_at - run.started_at).total_seconds())
        failed = Gauge("jihe_last_run_failed", "1 where the last run failed", registry=registry)
        failed.set(run.status == "failed")
    return generate_latest(registry)
