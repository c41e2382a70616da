"""Letters written inside a transaction and posted after it."""
