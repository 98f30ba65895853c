"""Workers: what one document does to its worker, the others do not feel."""

from __future__ import annotations

import os
import time

import pytest

from extractors.isolation import Limits, Workers
from schema.errors import NotReadable


def double(number: int) -> int:
    return number * 2


def hang() -> None:
    time.sleep(60)


def crash() -> None:
    os.abort()


def swell() -> int:
    return len(bytearray(3 << 30))


def refuse() -> None:
    raise NotReadable("encrypted", "“甲.pdf”有密码。")


@pytest.fixture(scope="module")
def workers():
    with Workers(1, Limits(seconds=1.5, megabytes=800)) as pool:
        yield pool


@pytest.mark.parametrize(
    ("work", "code"), [(hang, "timeout"), (crash, "corrupt"), (swell, "too_large"), (refuse, "encrypted")]
)
def test_a_bad_document_ends_alone(workers: Workers, work, code: str) -> None:
    bad, good = workers.submit(work), workers.submit(double, 21)
    with pytest.raises(NotReadable) as refusal:
        workers.result(bad, "甲.pdf")
    assert refusal.value.code == code
    assert "甲.pdf" in refusal.value.message
    assert workers.result(good, "乙.pdf") == 42


def test_a_worker_is_replaced_after_its_share_of_documents() -> None:
    with Workers(1, Limits(documents_per_worker=2)) as pool:
        processes = [pool.result(pool.submit(os.getpid), "甲.pdf") for _ in range(5)]
    assert processes[0] == processes[1] != processes[2] == processes[3] != processes[4]
    assert os.getpid() not in processes
