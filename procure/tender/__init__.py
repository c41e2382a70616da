"""The officer says how bids will be judged and records the tender notice."""
