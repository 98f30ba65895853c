"""Whole documents at random, consistent or with one planted error: see `python tests/seeded_documents.py`."""
