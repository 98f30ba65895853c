"""A paper before it is written, and what a planted error must bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .forms import Form
from .speech import Order
from .world import World


@dataclass
class Paper:
    """A document before it is written. `kind`: report, or table for a project's form alone."""

    world: World
    outline: str
    form: Form | None
    order: Order = field(default_factory=Order)
    kind: str = "report"
    annex: bool = False  # whether a table of money is attached

    def ask(self, *groups: str, lines: tuple[tuple[str, str], ...] = (), **more: object) -> None:
        self.order = replace(
            self.order, groups=self.order.groups | set(groups), lines=(*self.order.lines, *lines), **more
        )  # type: ignore[arg-type]

    def told(self) -> Form:
        assert self.form
        return self.form


@dataclass(frozen=True)
class Want:
    """The finding that must come. `keys`: figures that its evidence must show as written; `text`: words
    that it must point at; `stated`: figures that the paper must hold for the error to be one."""

    rule: str
    subject: str | None = None
    keys: tuple[str, ...] = ()
    text: str = ""
    stated: tuple[str, ...] = ()


Plant = Callable[[Paper], Want]
