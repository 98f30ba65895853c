"""Prefect flows, settings, the command line: thin; they call, they do not compute."""
