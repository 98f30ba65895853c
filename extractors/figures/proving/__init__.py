"""What a report's own figures prove of each other, whatever words name them.

- two figures: `ratios`
- a paragraph: `proofs`, `differences` (changes), `portions` (shares), `sums` (the projects of a sum)
- the whole document, for a project's report: `agreement`, `components` (its parts), `wholes` (its stages and details)
"""
