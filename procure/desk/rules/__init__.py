"""My work as sentences and weeks; what is looked for, and how it is shown again."""
