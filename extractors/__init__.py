"""From a file to a Report: readers, outline, figures, tables. Knows no database, no Prefect."""
