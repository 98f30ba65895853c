"""The rule book: rules are rows, engines are functions."""

from schema.rules.checking import check
from schema.rules.table import BY_ID, RULES

__all__ = ["BY_ID", "RULES", "check"]
