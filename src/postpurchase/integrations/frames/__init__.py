"""Any data frame in, answers of the rooms out; one code path for all engines (extra `frames`)."""
