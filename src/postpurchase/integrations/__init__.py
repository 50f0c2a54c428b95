"""The gates: each knows the format of one other system, and none knows another gate."""
