"""Who may use the console: accounts with a role, and tokens for programs. Passwords and tokens are kept
only as hashes that the caller makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, String, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.records import Missing
from storage.store import Store
from storage.tables import Key, Table

Role = Literal["viewer", "reviewer", "admin"]
ROLES: dict[Role, str] = {"viewer": "查看", "reviewer": "审核", "admin": "管理"}


class Account(Table):
    """`stamp` is in every session: raising it ends them all."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    role: Mapped[str] = mapped_column(String(10))
    password: Mapped[str]
    stamp: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class Token(Table):
    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str]
    created_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class User:
    id: int
    name: str
    role: Role
    password: str  # the hash
    stamp: int
    active: bool


class Exists(Exception):
    """An account of that name is there already."""


class Accounts:
    """The accounts of a store; every verb is one transaction and writes are in the audit trail."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, name: str, role: Role, password: str, by: str) -> None:
        """`password` is the hash. Raises Exists."""
        if self.find(name) is not None:
            raise Exists(f"已有名为“{name}”的用户")
        values = {
            "name": name, "role": role, "password": password, "stamp": 1, "active": True,
            "created_at": datetime.now(UTC),
        }  # fmt: skip
        self._store.writing(lambda connection: connection.execute(insert(Account).values(values)))
        self._store.record(by, "user.add", name, {"role": role})

    def find(self, name: str) -> User | None:
        with self._store.reading() as connection:
            row = connection.execute(select(Account.__table__).where(Account.name == name)).first()
        return _user(row._mapping) if row else None

    def owner(self, digest: str) -> User | None:
        """Whose token has this sha256."""
        query = select(Account.__table__).join(Token, Token.account_id == Account.id)
        with self._store.reading() as connection:
            row = connection.execute(query.where(Token.digest == digest)).first()
        return _user(row._mapping) if row else None

    def everyone(self) -> tuple[User, ...]:
        with self._store.reading() as connection:
            rows = connection.execute(select(Account.__table__).order_by(Account.name)).all()
        return tuple(_user(row._mapping) for row in rows)

    def change(self, name: str, by: str, **values: Any) -> None:
        """New password hash, role or active; ends the user's sessions. Raises Missing."""
        changed = update(Account).where(Account.name == name).values(**values, stamp=Account.stamp + 1)
        if self._store.writing(lambda connection: connection.execute(changed).rowcount) != 1:
            raise Missing(f"没有名为“{name}”的用户")
        shown = {key: value for key, value in values.items() if key != "password"}
        self._store.record(by, "user.change", name, {**shown, "fields": sorted(values)})

    def end_sessions(self, name: str) -> None:
        changed = update(Account).where(Account.name == name).values(stamp=Account.stamp + 1)
        self._store.writing(lambda connection: connection.execute(changed))

    def issue(self, name: str, digest: str, label: str, by: str) -> None:
        """Note a token's sha256 for a user. Raises Missing."""
        user = self.find(name)
        if user is None:
            raise Missing(f"没有名为“{name}”的用户")
        values = {"account_id": user.id, "digest": digest, "label": label, "created_at": datetime.now(UTC)}
        self._store.writing(lambda connection: connection.execute(insert(Token).values(values)))
        self._store.record(by, "token.issue", name, {"label": label})


def _user(row: Mapping[Any, Any]) -> User:
    return User(row["id"], row["name"], row["role"], row["password"], row["stamp"], row["active"])
