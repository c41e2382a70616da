"""What the council says: its name, its dated rules, quote bands and waiver reasons, its day in a demonstration."""
