"""Which column of any table means what: a proposal by names and values, and the mapping as it is kept."""
