"""The programs' interface held to its own description, by generated calls."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from review.access import digest
from storage.accounts import Accounts
from storage.store import Store
from tests.console import console, filled

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
TOKEN = {"authorization": "Bearer a token of the tests"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with filled(tmp_path_factory.mktemp("api")) as found:
        Accounts(found).issue("li", digest(TOKEN["authorization"].split(maxsplit=1)[1]), "test", "test")
        yield found


def test_every_call_answers_as_described(store: Store, tmp_path: Path) -> None:
    described = schemathesis.openapi.from_asgi("/api/openapi.json", console(store, tmp_path), headers=TOKEN)
    called = []
    for found in described.get_all_operations():
        operation = found.ok()
        called.append(operation.label)

        @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def call(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=TOKEN)

        call()
    assert len(called) == 7
