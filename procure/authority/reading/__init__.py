"""Reading a decision as councils publish it: text in, a reading out, each value with where it stands."""
