"""What the register knows: published decisions, contracts found and counted, what ends when, what goes out."""
