"""The file itself: what is bought, its lots, its stage, what is missing."""
