"""Connections: SQLite made fit for several writers, PostgreSQL as it comes, and trying again."""

from __future__ import annotations

import fcntl
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

T = TypeVar("T")

#: SQLite waits so long for another writer before it gives up
BUSY_SECONDS = 30
#: tries of one transaction that lost against another one
TRIES = 8
#: PostgreSQL: serialization failure, deadlock, another row with the same key
LOST = frozenset({"40001", "40P01", "23505"})
#: seconds between two tries, at most
LONGEST_PAUSE = 1.0


#: user:password@host
PASSWORD = re.compile(r":[^:/@]+@")


#: a value that the database cannot hold, such as a text with a NUL on PostgreSQL
Unfit = DataError


class Unavailable(Exception):
    """The database cannot be used: the message is one Chinese sentence."""


def connect(url: str) -> Engine:
    """An engine for a SQLAlchemy address; "postgresql://…" means psycopg 3. Raises Unavailable."""
    try:
        address = make_url(url)
        if address.drivername in ("postgresql", "postgres"):
            address = address.set(drivername="postgresql+psycopg")
        if address.get_backend_name() == "sqlite":
            return _sqlite(address.render_as_string(hide_password=False), address.database)
        return create_engine(address, pool_pre_ping=True, json_serializer=_json)
    except (SQLAlchemyError, ImportError) as error:
        raise Unavailable(f"数据库地址不对：{PASSWORD.sub(':***@', url)}") from error


def exists(url: str) -> bool:
    """Whether there may be a database; a look must not leave an empty SQLite file behind."""
    try:
        address = make_url(url)
    except SQLAlchemyError:
        return True  # `connect` says what is wrong
    file = address.database if address.get_backend_name() == "sqlite" else None
    return not file or file == ":memory:" or Path(file).exists()


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _sqlite(url: str, file: str | None) -> Engine:
    if file and file != ":memory:":
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(f"数据库文件夹 {Path(file).parent} 不能写入") from error
    # the newest connection first: one that finds another's writes begins with an empty cache, so taking turns
    # would empty it for every transaction
    engine = create_engine(
        url, poolclass=QueuePool, pool_use_lifo=True, connect_args={"timeout": BUSY_SECONDS}, json_serializer=_json
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # a transaction that reads first and writes later cannot wait for another writer: it must
        # take the write lock at once
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def write(engine: Engine, work: Callable[[Connection], T]) -> T:
    """`work` in one transaction, tried again where another writer came first. Raises Unavailable."""
    for attempt in range(1, TRIES + 1):
        try:
            with engine.execution_options(write=True).begin() as connection:
                return work(connection)
        except DBAPIError as error:
            if attempt == TRIES or not _lost_race(error):
                raise refusal(error) from error
        time.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.02 * 2**attempt)))  # noqa: S311 - no secret, a pause
    raise AssertionError("unreachable")


#: advisory locks of PostgreSQL: those of `hold` and of `alone`
HELD, ALONE = 1, 2
#: names share so many locks: a server has room for a few thousand
LOCKS = 512


def hold(connection: Connection, *names: str) -> None:
    """Nobody else who holds one of these names writes until the transaction ends: what is read from here
    on stays true. On SQLite a transaction that writes is alone anyway."""
    if connection.dialect.name == "postgresql":
        # in one order, so that two never wait for each other
        for key in sorted({crc32(name.encode()) % LOCKS for name in names}):
            connection.execute(LOCK, {"kind": HELD, "key": key})


def analyze(connection: Connection, *names: str) -> None:
    """Let SQLite count these tables, or it takes the wrong one of several indexes; PostgreSQL does so by itself."""
    if connection.dialect.name == "sqlite":
        for name in names:
            connection.exec_driver_sql(f"ANALYZE {name}")


LOCK = text("SELECT pg_advisory_xact_lock(:kind, :key)")


@contextmanager
def alone(engine: Engine, name: str) -> Iterator[None]:
    """Work of several transactions that one process does at a time; others wait. Raises Unavailable."""
    file = engine.url.database
    if engine.dialect.name == "postgresql":
        try:
            with engine.begin() as connection:
                connection.execute(LOCK, {"kind": ALONE, "key": crc32(name.encode()) % LOCKS})
                yield
        except DBAPIError as error:
            raise refusal(error) from error
    elif file and file != ":memory:":
        with Path(f"{file}.{name}").open("ab") as lock:  # the kernel lets go when the process dies
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    else:
        yield


def _lost_race(error: DBAPIError) -> bool:
    code, words = getattr(error.orig, "sqlstate", None), str(error.orig)
    return code in LOST or "UNIQUE constraint failed" in words or "database is locked" in words


def refusal(error: DBAPIError) -> Exception:
    """What a database error means to a user, or the error itself where it is a fault of ours."""
    words = str(error.orig)
    for sign, sentence in SIGNS.items():
        if sign in words:
            return Unavailable(sentence)
    return (
        Unavailable(f"连不上数据库：{words.strip().splitlines()[0]}")
        if error.connection_invalidated
        else error
    )


SIGNS = {
    "unable to open database file": "打不开数据库文件，请检查路径和权限",
    "readonly database": "数据库文件是只读的，不能写入",
    "database is locked": "数据库正被其他程序占用，请稍后再试",
    "file is not a database": "数据库文件已损坏，或者不是绩核的数据库",
    "no such tokenizer": "本机的SQLite太旧，需要3.34以上",
    "no such module: fts5": "本机的SQLite没有全文检索（FTS5），请换用完整的SQLite或PostgreSQL",
    "disk is full": "磁盘已满，不能写入数据库",
    "disk I/O error": "磁盘读写出错，不能写入数据库",
    "no such table": "数据库还没有建立，请先运行 jihe db upgrade",
    "does not exist": "数据库还没有建立，请先运行 jihe db upgrade",
    "connection failed": "连不上数据库服务器，请检查地址和网络",
    "connection refused": "连不上数据库服务器，请检查地址和网络",
    "No space left": "磁盘已满，不能写入数据库",
}
