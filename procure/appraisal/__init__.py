"""The officer compares the ways to meet a need and says which one to take."""
