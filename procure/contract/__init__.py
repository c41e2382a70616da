"""The contract manager sees what was agreed, what may follow, and decides."""
