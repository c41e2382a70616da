"""Statutory notices and the day they were published."""
