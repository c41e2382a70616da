"""Which dates matter, to whom, how long before; the daily round."""
