"""What a report's own figures prove of each other, whatever words name them.

- two figures: `ratios`
- a paragraph: `proofs`, `differences` (changes), `portions` (shares), `sums` (the projects of a sum),
  `carried` (totals that hold what was carried over), `laggards` (the one project that a low rate is put down to),
  `restated` (amounts in a wrong unit)
- the whole document, for a project's report: `agreement`, `components` (its parts), `wholes` (its stages and details)
"""
