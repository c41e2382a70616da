"""One act, one transaction, one trail: what was done, by whom, when and why."""
