"""The reviewers' console and the exports that people read."""
