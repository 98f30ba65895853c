"""The rule book: rules are rows, engines are functions."""
