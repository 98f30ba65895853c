"""Figures in prose: find the number, read it, and say what it is a figure of.

`prose` goes through a report's paragraphs. What it asks, in this order:

- finding and reading numbers: `numerals`, `units`, `quantities`, `known`
- the words around one: `labels`, `segments`, `setting`, `turns`, `periods`, `names`, `topics`, `parts`, `aspects`
- what one is, by rules: `roles`, which asks `money` (`changes`, `carrying`, `continuity`, `planned`, `apposed`), `percentages`,
  `scores` (`groups`, `headed`), `ratings`, `staffing` (`establishment`)
- whose project it is: `projects`, `anchors`, `listings`, `strips`; or several's: `several`; who gave it: `givers`
- what is not the report's, or none of its totals: `disowned`, `whose`, `kinds`, `published`
- what it likely is: `opinion`, by `traits`
- what the report's own figures prove of each other: the package `proving`
"""
