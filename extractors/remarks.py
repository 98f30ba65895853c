"""All that prose says beside figures: claims, reasons, residue, names, years, citations, lists, bands."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.citations import read_citations
from extractors.claims import read_claims
from extractors.context import Context
from extractors.further import read_funds, read_further_parts
from extractors.grades import read_bands
from extractors.identities import read_departments, read_years
from extractors.listings import read_listings
from extractors.residue import read_residue
from schema.report import Band, Citation, Evidence, Listing, Remark


@dataclass(frozen=True, slots=True)
class RemarksReading:
    """`explained`: the places whose numbers are no figures: document numbers, bands, stated counts,
    own years."""

    remarks: tuple[Remark, ...]
    citations: tuple[Citation, ...]
    listings: tuple[Listing, ...]
    bands: tuple[Band, ...]
    explained: tuple[Evidence, ...]


def read_remarks(context: Context) -> RemarksReading:
    """Everything said of figures, names and rules, in the order of its kinds."""
    years = read_years(context)
    remarks = (
        *read_claims(context), *read_further_parts(context), *read_funds(context), *read_residue(context),
        *read_departments(context), *years,
    )  # fmt: skip
    citations, listings, bands = read_citations(context), read_listings(context), read_bands(context)
    explained = (
        *(citation.evidence for citation in citations),
        *(listing.evidence for listing in listings),
        *(band.evidence for band in bands),
        *(remark.evidence for remark in (*years, *(r for r in remarks if r.kind == "residue"))),
    )
    return RemarksReading(remarks, tuple(citations), tuple(listings), tuple(bands), explained)
