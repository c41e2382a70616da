"""Reading a decision as councils publish it: text in, a frozen reading out, each value with the stretch it came from."""
