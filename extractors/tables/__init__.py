"""Tables: what their headers say, and the facts and indicators in their cells."""
