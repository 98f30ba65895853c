"""How long every page of the console takes over a large database (see synthetic.py).

    python benchmarks/console_speed.py sqlite:////tmp/large.db

Prints the slower of two answers of every page and fails where one takes 500 ms or more.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
import warnings
from pathlib import Path

from review.access import hashed
from review.answering import Settings
from review.app import create_app
from storage.accounts import Accounts
from storage.store import Store

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

PASSWORD = "only for measuring"
LIMIT = 0.5
PAGES = (
    "/", "/?year=2023", "/flags", "/flags?page=2", "/flags?page=15000", "/flags?severity=error&status=open",
    "/flags?rule=rate.execution", "/flags?year=2023&sort=department", "/flags?sort=rule", "/flags?sort=newest",
    "/flags?sort=status&desc=1", "/flags?department=东东县财政局", "/flags?department=财政局", "/flags?q=东西县",
    "/flags?q=预算", "/flags?q=第3处", "/flags?q=算", "/flags?q=财政局", "/flags?q=没有的字", "/flags?q=基本支出&year=2023",
    "/flags?q=预算&rule=rating.band&status=confirmed", "/flags?q=东西县&severity=error&sort=department", "/flags/1", "/departments", "/departments?page=900", "/departments?q=水利",
    "/departments?score=90", "/departments?rate=95&year=2023", "/departments?state=missing", "/departments?state=pending",
    "/departments?state=clean", "/departments/东东县财政局", "/compare", "/compare?year=2023&concept=procurement.budget",
    "/papers/100", "/runs", "/exports", "/rules", "/audit", "/suggestions?q=财政", "/api/flags?limit=100", "/api/reports?limit=100",
)  # fmt: skip


def measure(url: str) -> int:
    with (
        Store.open(url, Path("/tmp/jihe-originals"), upgrade=True) as store,
        tempfile.TemporaryDirectory() as home,
    ):
        accounts = Accounts(store)
        if accounts.find("measuring") is None:
            accounts.add("measuring", "admin", hashed(PASSWORD), "benchmark")
        settings = Settings("x", Path(home), Path(home), lambda paths: None)
        client = TestClient(create_app(store, settings))
        form = re.search(r'name="csrf" value="([^"]+)"', client.get("/login").text)
        assert form
        client.post("/login", data={"name": "measuring", "password": PASSWORD, "csrf": form[1]})
        slow = 0
        for page in PAGES:
            taken = []
            for _ in range(2):
                began = time.perf_counter()
                answer = client.get(page)
                taken.append(time.perf_counter() - began)
                assert answer.status_code == 200, (page, answer.status_code)
            slow += max(taken) >= LIMIT
            print(
                f"{max(taken) * 1000:7.0f} ms  {page}{'  TOO SLOW' if max(taken) >= LIMIT else ''}",
                flush=True,
            )
        return slow


if __name__ == "__main__":
    sys.exit(1 if measure(sys.argv[1]) else 0)
