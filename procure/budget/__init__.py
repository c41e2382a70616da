"""Grants, ring-fences, and what is committed against them."""
