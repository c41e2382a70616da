"""What can be asked of the house from a terminal: every command calls one action or one rule."""
