"""The officer records bids, scores and prices; the ranking is worked out."""
