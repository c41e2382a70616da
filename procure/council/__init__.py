"""What the council says of itself: its name, its call-in days, its quote bands, its day in a demonstration."""
