"""From rows to the facts of the Cabinet report."""
