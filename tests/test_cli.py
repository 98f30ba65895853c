"""The command line: one Chinese sentence for every mistake, the exit codes of the interface, layouts."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import click
import openpyxl
import pytest
from papers import examined, received

from pipelines.__main__ import COMMANDS, jihe, main
from pipelines.files import Search, is_clutter
from pipelines.settings import load_settings
from pipelines.tabulation import inert
from schema.errors import NotReadable
from schema.examination import Versions
from storage.store import Store

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
Result = tuple[int, str, str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("JIHE_DATABASE_URL", "JIHE_PROFILE", "JIHE_WORKERS", "JIHE_INBOX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JIHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def filled(home: Path) -> Path:
    """A database with two departments, four findings, one quarantined file."""
    with Store.open(f"sqlite:///{home}/jihe.db", home / "originals", upgrade=True) as store:
        run = store.begin_run(["/inbox"])
        v = Versions("r", "b")
        store.save(run, received("a"), examined("a", findings=("aaaa1", "aaaa2", "aaaa3"), said="=问题"), v)
        store.save(
            run, received("b"), examined("b", department="乙市财政局", year=2022, findings=("bbbb1",)), v
        )
        store.save(run, received("c"), NotReadable("encrypted", "已加密"), v)
    return home


@pytest.fixture
def jihe_says(capfd: pytest.CaptureFixture[str]):
    def call(*arguments: object) -> Result:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return int(left.value.code or 0), out, err

    return call


def commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    context = click.Context(jihe)
    for name in COMMANDS:
        command = jihe.get_command(context, name)
        assert command is not None, name
        inner = list(command.commands) if isinstance(command, click.Group) else []
        found += [(name,), *((name, part) for part in inner)]
    return found


# help and errors


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_explains_itself_in_chinese(jihe_says, words: tuple[str, ...]) -> None:
    code, out, err = jihe_says(*words, "--help")
    assert (code, err) == (0, "")
    assert "示例：" in out
    assert f"jihe {' '.join(words)}" in out
    assert not re.search(r"Usage|Options|Show this|Commands", out)


WRONG = [
    (["--nix"], "没有 --nix 这个选项"),
    (["nix"], "没有 nix 这个命令"),
    (["extract"], "缺少参数 路径"),
    (["extract", "nix.docx"], "找不到文件或文件夹：nix.docx"),
    (["extract", ".", "--nix"], "没有 --nix 这个选项"),
    (["extract", "."], "里没有可读的文件"),
    (["extract", "a.txt", "--profile", "nix"], "没有名为“nix”的规则模板"),
    (["extract", "a.txt", "--workers", "0"], "应为不小于 1 的整数"),
    (["ingest", "."], "里没有可读的文件"),
    (["ingest", "a.txt", "--year", "x"], "选项 --year 的值不对"),
    (["flags"], "请先运行 jihe ingest"),
    (["flags", "--severity", "bad"], "只能是 error、warning、notice 之一"),
    (["flags", "--rule", "nix"], "没有名为“nix”的规则"),
    (["flags", "--out", "x.csv"], "--format"),
    (["show"], "缺少参数 部门"),
    (["show", "甲局"], "请先运行 jihe ingest"),
    (["review", "1"], "请写明结论"),
    (["db"], ""),
    (["db", "nix"], "没有 nix 这个命令"),
    (["profiles", "nix"], "没有名为“nix”的规则模板"),
    (["explain", "nix"], "没有名为“nix”的规则"),
]


@pytest.mark.parametrize(("call", "words"), WRONG, ids=[" ".join(call) for call, _ in WRONG])
def test_a_wrong_call_gets_one_sentence_and_2(jihe_says, tmp_path: Path, call: list[str], words: str) -> None:
    if "a.txt" in call:
        (tmp_path / "a.txt").write_text("x")
    code, out, err = jihe_says(*call)
    assert code == 2
    if words:
        assert words in err
        assert (out, err.count("\n")) == ("", 1)
    assert "Traceback" not in err
    assert not re.search("Error|Usage|Invalid|Missing|No such", out + err)


def test_help_is_quick() -> None:
    """0.4 s by contract; a busy machine gets slack, an import of something heavy does not pass."""
    command = [sys.executable, "-X", "importtime", "-m", "pipelines", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = set(re.findall(r"\|\s+([a-z_]+)$", done.stderr, re.M))
    assert not imported & {
        "sqlalchemy",
        "prefect",
        "spacy",
        "jieba",
        "rich",
        "msgspec",
        "docx",
        "storage",
        "extractors",
    }
    best = min(_seconds([sys.executable, "-m", "pipelines", "--help"]) for _ in range(3))
    assert best < 1


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start


# extract


def test_extract_prints_one_line_a_document_in_order(jihe_says, tmp_path: Path) -> None:
    good = sorted(REPORTS.glob("*.docx"))[:2]
    empty, broken = tmp_path / "空.docx", tmp_path / "坏.docx"
    empty.write_bytes(b"")
    broken.write_bytes(b"PK\x03\x04 no archive")
    code, out, err = jihe_says("extract", "--json", good[1], empty, good[0], broken)
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [line["source"]["name"] for line in lines] == [good[1].name, "空.docx", good[0].name, "坏.docx"]
    assert [line["status"] for line in lines] == ["ok", "quarantined", "ok", "quarantined"]
    assert set(lines[1]) == {"source", "status", "error"}
    assert lines[1]["error"]["code"] == "corrupt"
    assert "空.docx" in err
    assert set(lines[0]) == {
        "source", "status", "kind", "profile", "department", "fiscal_year", "sections", "facts", "indicators",
        "findings", "checks", "coverage",
    }  # fmt: skip


def test_extract_in_processes_keeps_the_order(jihe_says) -> None:
    files = sorted(REPORTS.glob("*.docx"))[:6][::-1]
    _, out, _ = jihe_says("extract", "--json", "--workers", "2", *files)
    assert [json.loads(line)["source"]["name"] for line in out.splitlines()] == [file.name for file in files]


def test_extract_for_people(jihe_says) -> None:
    code, out, _ = jihe_says("extract", next(iter(sorted(REPORTS.glob("*.docx")))))
    assert code == 0
    assert all(word in out for word in ("数据", "章节", "核对：", "相符"))


def test_extract_never_imports_prefect_or_a_database() -> None:
    file = next(iter(sorted(REPORTS.glob("*.docx"))))
    probe = (
        "import sys, pipelines.__main__ as p\n"
        "try: p.main(['extract', '--json', sys.argv[1]])\n"
        "finally: print(sorted({'prefect', 'sqlalchemy'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, str(file)], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"


# files


def test_folders_and_archives_spread_out(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    (inbox / "b").mkdir(parents=True)
    for name in ("b/二.txt", "一.docx", ".hidden", "~$一.docx", "Thumbs.db"):
        (inbox / name).write_text(name)
    with zipfile.ZipFile(inbox / "z.zip", "w") as archive:
        archive.writestr("夹/三.pdf", "三")
        archive.writestr("__MACOSX/三.pdf", "x")
        archive.writestr("../../坏.txt", "四")
    (inbox / "broken.zip").write_bytes(b"PK none")
    with Search() as search:
        found = search.files([inbox])
        names = [file.shown.removeprefix(f"{inbox}/") for file in found]
        assert names == ["broken.zip", "z.zip!../../坏.txt", "z.zip!夹/三.pdf", "一.docx", "b/二.txt"]
        assert found[0].error is not None
        assert found[2].path.read_text() == "三"
        assert not found[1].path.is_relative_to(inbox)
        assert [file.name for file in found[1:3]] == ["坏.txt", "三.pdf"]
        unpacked = found[2].path
    assert not unpacked.exists()


def test_names_of_archives_from_chinese_windows(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "gbk.zip", "w") as archive:
        archive.writestr("CPLACEHOLDER.txt", "x")
    raw = (tmp_path / "gbk.zip").read_bytes()
    name = "财政局报告年.txt".encode("gb18030")
    (tmp_path / "gbk.zip").write_bytes(raw.replace(b"CPLACEHOLDER.txt", name))
    with Search() as search:
        assert [file.name for file in search.files([tmp_path / "gbk.zip"])] == ["财政局报告年.txt"]


@pytest.mark.parametrize(
    ("name", "clutter"),
    [
        ("报告.docx", False),
        ("~$报告.docx", True),
        (".DS_Store", True),
        ("Thumbs.db", True),
        ("desktop.ini", True),
    ],
)
def test_clutter(name: str, clutter: bool) -> None:
    assert is_clutter(name) is clutter


# settings


def test_flags_win_over_environment_over_file_over_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_settings().profile == ""
    (tmp_path / "jihe.toml").write_text('profile = "hunan"\nworkers = 3\n')
    assert (load_settings().profile, load_settings().workers) == ("hunan", 3)
    monkeypatch.setenv("JIHE_PROFILE", "anhui")
    assert load_settings().profile == "anhui"
    assert load_settings(profile="mof").profile == "mof"
    (tmp_path / "jihe.toml").write_text("colour = 1\n")
    with pytest.raises(click.UsageError, match="colour"):
        load_settings()


# flags, show, review


def test_flags_as_csv_json_and_xlsx_hold_the_same(jihe_says, filled: Path, tmp_path: Path) -> None:
    _, text, _ = jihe_says("flags", "--format", "csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    _, out, _ = jihe_says("flags", "--format", "json")
    objects = json.loads(out)
    assert jihe_says("flags", "--format", "xlsx", "--out", tmp_path / "x.xlsx")[0] == 0
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    ids = [str(cell.value) for cell in sheet["A"][1:]]
    assert [row["编号"] for row in rows] == [str(each["finding_id"]) for each in objects] == ids
    assert len(ids) == 4
    assert next(row for row in rows if row["指纹"] == "aaaa1")["问题"] == "'=问题aaaa1"
    assert sheet["G2"].data_type == "s"
    assert set(objects[0]) >= {"evidence", "calculation", "status", "fingerprint"}


@pytest.mark.parametrize(
    ("filters", "found"),
    [([], 4), (["-d", "财政"], 1), (["--year", "2023"], 3), (["--rule", "rate"], 2), (["--severity", "notice"], 1),
     (["--status", "confirmed"], 0), (["--text", "bbbb"], 1), (["--limit", "2"], 2)],
)  # fmt: skip
def test_flags_filter(jihe_says, filled: Path, filters: list[str], found: int) -> None:
    assert len(json.loads(jihe_says("flags", "--format", "json", *filters)[1])) == found


def test_flags_as_a_table_say_how_many(jihe_says, filled: Path) -> None:
    assert "共 4 条问题，显示前 3 条" in jihe_says("flags", "--limit", "3")[1]
    assert "没有符合条件的问题" in jihe_says("flags", "--year", "1999")[1]


def test_review_keeps_who_and_what(jihe_says, filled: Path) -> None:
    said = jihe_says("review", "aaaa1", "--dismiss", "--comment", "口径不同", "--who", "李敏")
    assert (said[0], "待核 → 排除" in said[1]) == (0, True)
    shown = jihe_says("show", "民政")[1]
    assert "李敏：口径不同" in shown
    assert (
        json.loads(jihe_says("flags", "--status", "dismissed", "--format", "json")[1])[0]["reviewer"]
        == "李敏"
    )


def test_show(jihe_says, filled: Path) -> None:
    code, out, _ = jihe_says("show", "乙市财政局", "--year", "2022")
    assert code == 0
    assert all(word in out for word in ("乙市财政局 2022", "支出总额", "1,356,400.00元", "rate.execution"))
    report = json.loads(jihe_says("show", "乙市财政局", "--json")[1])
    assert report["facts"][0]["value"] == "1356400"
    assert jihe_says("show", "丙局")[0] == 2
    assert "对应多个部门" in jihe_says("show", "市")[2] or "乙市财政局" in jihe_says("show", "市")[1]


def test_db_upgrade_and_status(jihe_says) -> None:
    assert "未建立" in jihe_says("db", "status")[1]
    assert "数据库已建立" in jihe_says("db", "upgrade")[1]
    assert "已是最新" in jihe_says("db", "upgrade")[1]
    assert "部门年度 0 个" in jihe_says("db", "status")[1]


UNUSABLE = [
    (command, url, words)
    for command in ("flags", "db upgrade", "show 甲")
    for url, words in (
        ("sqlite:////proc/none/jihe.db", "不能写入"),
        ("nonsense", "数据库地址不对"),
        ("sqlite:///{0}/a.txt", "已损坏"),
    )
] + [("ingest a.txt", "sqlite:////proc/none/jihe.db", "不能写入")]


@pytest.mark.parametrize(("command", "url", "words"), UNUSABLE)
def test_an_unusable_database(
    jihe_says, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, url: str, words: str
) -> None:
    (tmp_path / "a.txt").write_text("x" * 4000)
    monkeypatch.setenv("JIHE_DATABASE_URL", url.format(tmp_path))
    code, _, err = jihe_says(*command.split())
    assert (code, words in err, err.count("\n")) == (2, True, 1)


def test_profiles_and_rules_are_listed(jihe_says) -> None:
    assert "guangdong" in jihe_says("profiles")[1]
    assert "依据" in jihe_says("profiles", "mof")[1]
    assert "rate.execution" in jihe_says("explain")[1]
    assert "÷" in jihe_says("explain", "rate.execution")[1]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("+cmd", "'+cmd"),
        ("-3.5", "-3.5"),
        ("-11%", "-11%"),
        ("正文", "正文"),
        (None, None),
    ],
)
def test_no_cell_becomes_a_formula(text: str | None, safe: str | None) -> None:
    assert inert(text) == safe
