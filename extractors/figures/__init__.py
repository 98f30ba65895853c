"""Figures in prose: find the number, read it, and say what it is a figure of."""
