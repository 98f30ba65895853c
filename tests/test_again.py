"""What is done once more over what is stored: other versions compared, rules anew, refused files again."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import examined, received

from pipelines.files import Found, fingerprint
from pipelines.nightly import again, differences, recheck_all
from pipelines.settings import Settings, load_settings
from pipelines.workshop import workshop
from schema.examination import Versions
from storage.records import Missing
from storage.store import Store

V1 = Versions("reader-1", "rules-1")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("JIHE_HOME", str(tmp_path / "home"))
    return load_settings(workers=1)


@pytest.fixture
def store(settings: Settings) -> Store:
    return Store.open(settings.database_url, settings.originals, upgrade=True)


def test_versions_are_compared_in_facts_and_findings(store: Store) -> None:
    run = store.begin_run([])
    store.save(run, received("a"), examined("a", findings=("f1", "f2")), V1)
    assert list(differences(store, "民政局", 2023)) == ["甲县民政局2023年度只报送过一版，没有可比的变化"]
    store.save(run, received("b"), examined("b", spending="200", findings=("f2", "f3")), V1)
    assert list(differences(store, "民政局", 2023)) == [
        "b.docx：第1版 → 第2版",
        "  数据 2023支出总额：1356400元 → 200元",
        "  新增  sum.budget：问题f3",
        "  消除  rate.execution：问题f1",
    ]
    with pytest.raises(Missing):
        list(differences(store, "乙局", 2023))


def test_rules_anew_tell_what_they_no_longer_find(store: Store, settings: Settings) -> None:
    store.save(store.begin_run([]), received("a"), examined("a", findings=("f1",)), V1)
    lines, documents = recheck_all(store, settings)
    assert documents == 1
    assert "消除 甲县民政局 2023 rate.execution：问题f1" in lines
    assert all("f1" not in flag.fingerprint for flag in store.flags().rows)
    assert recheck_all(store, settings) == ([], 1), "the same rules change nothing"


@pytest.mark.slow
def test_a_refused_file_is_tried_again_under_its_own_name(settings: Settings, tmp_path: Path) -> None:
    file = Found(tmp_path / "坏.docx", str(tmp_path / "坏.docx"))
    file.path.write_bytes(b"PK\x03\x04 broken")
    with workshop(settings) as shop:
        pairs = [(file, fingerprint(file))]
        shop.examine_and_load(shop.store.begin_run([]), pairs, shop.intake(pairs))
        listed = shop.store.submissions(statuses=("quarantined",)).rows
    lines, _ = again(settings, listed, "retry")
    assert [(line.outcome, "坏.docx" in line.reason) for line in lines] == [("quarantined", True)]
    with Store.open(settings.database_url, settings.originals) as store:
        assert "坏.docx" in str(store.submissions().rows[0])
