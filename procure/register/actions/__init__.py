"""What is done in this room: views saved, parts of a contract kept back, quarters published, sums brought together."""
