"""Settings: flags win over the environment (JIHE_…), that over jihe.toml, that over the defaults."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from storage.originals import Originals

#: setting -> its name in the environment; jihe.toml uses the setting's own name
NAMES = {
    "home": "JIHE_HOME",
    "database_url": "JIHE_DATABASE_URL",
    "store_url": "JIHE_STORE_URL",
    "inbox": "JIHE_INBOX",
    "profile": "JIHE_PROFILE",
    "workers": "JIHE_WORKERS",
    "dask_address": "JIHE_DASK_ADDRESS",
    "notify_url": "JIHE_NOTIFY_URL",
    "notify_mail": "JIHE_NOTIFY_MAIL",
    "smtp_url": "JIHE_SMTP_URL",
}
FILE = "jihe.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program runs with. `home` is the data folder, absolute; `database_url` a SQLAlchemy
    address; `profile` "" where each report decides for itself."""

    home: Path
    database_url: str
    inbox: Path
    profile: str
    workers: int
    dask_address: str = ""
    notify_url: str = ""  # a run's outcome is posted there as JSON
    notify_mail: str = ""  # and sent to these addresses, divided by commas
    store_url: str = ""  # where the originals are kept, an address of fsspec; in the data folder where empty
    smtp_url: str = ""  # smtp://user:password@host:587, smtps:// for TLS from the start

    @property
    def originals(self) -> Originals:
        from storage.originals import originals_at  # it brings the database, which `extract` does without

        return originals_at(self.home, self.store_url)

    @property
    def prefect_home(self) -> Path:
        return self.home / "prefect"


def load_settings(**flags: Any) -> Settings:
    """The settings in force; a flag of None counts as not given.

    Raises click.UsageError with one Chinese sentence where a value cannot be used.
    """
    written = _file(Path(FILE))
    if unknown := sorted(set(written) - set(NAMES)):
        raise click.UsageError(f"{FILE} 里有不认识的设置：{'、'.join(unknown)}")

    def value(name: str, default: Any) -> Any:
        if flags.get(name) is not None:
            return flags[name]
        return os.environ.get(NAMES[name]) or written.get(name, default)

    home = Path(value("home", "data")).expanduser().absolute()
    return Settings(
        home=home,
        database_url=str(value("database_url", f"sqlite:///{home / 'jihe.db'}")),
        inbox=Path(value("inbox", home / "inbox")).expanduser().absolute(),
        profile=str(value("profile", "")),
        workers=_workers(value("workers", os.cpu_count() or 1)),
        dask_address=str(value("dask_address", "")),
        notify_url=str(value("notify_url", "")),
        notify_mail=str(value("notify_mail", "")),
        smtp_url=str(value("smtp_url", "")),
        store_url=str(value("store_url", "")),
    )


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise click.UsageError(f"设置文件 {path} 读不出来：{error}") from error


def _workers(value: Any) -> int:
    try:
        count = int(value)
    except ValueError:
        count = 0
    if count < 1:
        raise click.UsageError(f"进程数（JIHE_WORKERS）应为不小于 1 的整数，现在是“{value}”")
    return count
