"""How long pages, papers and letters take, side by side with what they are measured against. `make bench`."""
