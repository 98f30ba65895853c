"""Originals in a folder and at addresses of fsspec; S3 is moto's server, which speaks its protocol."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from storage.engine import Unavailable
from storage.originals import FarOriginals, Originals, originals_at

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"
DATA = b"content"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(service: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """An empty bucket's address; the rest of it is in the environment, where S3's programs look."""
    import boto3

    for name, value in (
        ("AWS_ENDPOINT_URL", service),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
    ):
        monkeypatch.setenv(name, value)
    name = f"b{hashlib.md5(request.node.name.encode()).hexdigest()}"
    with closing(boto3.client("s3")) as client:
        client.create_bucket(Bucket=name)
    return f"s3://{name}/jihe"


@pytest.fixture(params=["folder", "memory", "s3"])
def originals(request: pytest.FixtureRequest, tmp_path: Path) -> Originals:
    if request.param == "folder":
        return originals_at(tmp_path / "home")
    if request.param == "memory":
        return originals_at(tmp_path / "home", f"memory://{tmp_path.name}")
    return originals_at(tmp_path / "home", request.getfixturevalue("bucket"))


def spoil(originals: Originals, data: bytes) -> None:
    """Other bytes under the name of a kept content."""
    if isinstance(originals, FarOriginals):
        files, name = originals._at(SHA256)
        files.pipe_file(name, data)
    else:
        originals.path(SHA256).chmod(0o644)
        originals.path(SHA256).write_bytes(data)


def test_a_content_is_kept_once_and_read_back(originals: Originals, tmp_path: Path) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(DATA)
    originals.keep(file, SHA256)
    originals.keep(file, SHA256)
    assert list(originals.contents()) == [SHA256]
    assert originals.read(SHA256) == DATA
    with originals.here([SHA256, "0" * 64]) as paths:
        assert {sha256: path.read_bytes() for sha256, path in paths.items()} == {SHA256: DATA}
    with pytest.raises(ValueError):
        originals.keep(file, "0" * 64)
    with pytest.raises(FileNotFoundError):
        originals.read("0" * 64)
    assert list(originals.contents()) == [SHA256]


def test_what_is_written_is_never_overwritten_and_damage_is_told(
    originals: Originals, tmp_path: Path
) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(DATA)
    originals.keep(file, SHA256)
    assert list(originals.damaged()) == []
    spoil(originals, b"other")
    originals.keep(file, SHA256)
    assert originals.read(SHA256) == b"other"
    assert list(originals.damaged()) == [SHA256]


@pytest.mark.parametrize("url", ["nosuch://bucket", "s3://there-is-no-such-bucket-here/x"])
def test_a_place_that_does_not_answer_is_named(url: str, tmp_path: Path, bucket: str) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(DATA)
    with pytest.raises(Unavailable, match="存放"):
        originals_at(tmp_path, url).keep(file, SHA256)


@pytest.mark.slow
def test_the_whole_way_with_originals_in_s3(bucket: str, tmp_path: Path) -> None:
    """ingest, verify, reread, backup and restore; nothing but the database lies in the data folder."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    for path in sorted(REPORTS.glob("*-clean.docx"))[:3]:
        shutil.copy(path, inbox)

    def jihe(home: str, url: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "JIHE_HOME": str(tmp_path / home),
            "JIHE_STORE_URL": url,
            "JIHE_WORKERS": "1",
        }
        command = [sys.executable, "-m", "pipelines", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=180)

    done = jihe("home", bucket, "ingest", inbox)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "home" / "originals").exists()
    names = {hashlib.sha256(path.read_bytes()).hexdigest() for path in inbox.iterdir()}
    assert set(originals_at(tmp_path, bucket).contents()) == names
    assert "检查原件3份：损坏0份，缺失0份。" in jihe("home", bucket, "verify").stdout
    reread = jihe("home", bucket, "reread")
    assert reread.returncode == 0, reread.stderr
    assert jihe("home", bucket, "backup", tmp_path / "b.tar.gz").returncode == 0
    # into a folder, and into another place
    for home, url in (("folder", ""), ("far", f"{bucket}-restored")):
        restored = jihe(home, url, "restore", tmp_path / "b.tar.gz")
        assert restored.returncode == 0, restored.stderr
        assert "检查原件3份：损坏0份，缺失0份。" in jihe(home, url, "verify").stdout
    assert {path.name for path in (tmp_path / "folder" / "originals").glob("??/*")} == names
