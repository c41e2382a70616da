"""Whom we buy from, one row each."""
