"""What is true: the nouns, the catalogue of facts, the rules. Knows no file format, no database, no
Prefect."""
