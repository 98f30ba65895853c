"""`jihe backup` and `jihe restore`: SQLite and originals as one archive."""

from __future__ import annotations

import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

import click

from pipelines.settings import Settings, load_settings
from pipelines.speech import EXISTING
from storage.engine import Unavailable

DATABASE = "jihe.db"


def _file(settings: Settings) -> Path:
    if not settings.database_url.startswith("sqlite:///"):
        raise click.ClickException("数据库是 PostgreSQL，请用 pg_dump 备份数据库，原件文件夹另行复制")
    return Path(settings.database_url.removeprefix("sqlite:///"))


@click.command()
@click.argument("file", metavar="备份文件", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """把数据库和原件备份成一个 tar.gz 文件，运行中也可以备份。

    \b
    示例：
      jihe backup 备份.tar.gz
    """
    settings = load_settings()
    source = _file(settings)
    if not source.exists():
        raise click.ClickException("数据库里还没有数据，不需要备份")
    if file.exists():
        raise click.ClickException(f"{file} 已存在，请换一个文件名")
    part = file.with_name(f".{file.name}.part")
    try:
        with tempfile.TemporaryDirectory() as folder, tarfile.open(part, "w:gz", compresslevel=3) as archive:
            copy = Path(folder) / DATABASE
            with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as sink:
                live.backup(sink)
            archive.add(copy, DATABASE)
            # after the database: whatever it names is there, what came later does no harm
            originals = settings.originals
            for sha256 in originals.contents():
                with originals.here([sha256]) as paths:
                    archive.add(paths[sha256], f"originals/{sha256[:2]}/{sha256}")
        part.replace(file)
    except Unavailable as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"不能写入 {file}：{error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"已备份到 {file}")


@click.command()
@click.argument("file", metavar="备份文件", type=EXISTING)
def restore(file: Path) -> None:
    """把备份恢复到空的数据文件夹；已有数据时拒绝，不会覆盖。

    \b
    示例：
      JIHE_HOME=新数据 jihe restore 备份.tar.gz
    """
    settings = load_settings()
    target = _file(settings)
    if target.exists():
        raise click.ClickException(f"{target} 已有数据，请换一个空的数据文件夹（JIHE_HOME）")
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=settings.home, prefix=".restore-") as folder:
            with tarfile.open(file) as archive:
                archive.extractall(folder, filter="data")
            unpacked, originals = Path(folder), settings.originals
            for path in sorted((unpacked / "originals").glob("??/*")):
                try:
                    originals.keep(path, path.name)
                except ValueError:  # it was damaged before it was backed up; `jihe verify` goes on saying so
                    click.echo(f"原件 {path.name} 在备份里已损坏，没有恢复", err=True)
                path.unlink()
            target.parent.mkdir(parents=True, exist_ok=True)
            (unpacked / DATABASE).replace(target)
    except Unavailable as error:
        raise click.ClickException(str(error)) from error
    except (OSError, tarfile.TarError) as error:
        raise click.ClickException(f"{file} 不是完整的备份，或不能写入：{error}") from error
    click.echo(f"已恢复到 {settings.home}")
