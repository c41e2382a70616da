"""What this room tells the others."""
