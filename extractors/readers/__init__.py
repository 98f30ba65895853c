"""One module a file format: each gives a Document or raises NotReadable."""
