"""One file for each command of `jihe`."""
