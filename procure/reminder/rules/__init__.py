"""Which dates matter, how long before, to whom; what is planned, what goes, and in which letter."""
