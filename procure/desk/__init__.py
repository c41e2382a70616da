"""My work: what waits for me, by date."""
