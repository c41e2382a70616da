"""The officer writes the report and records what was decided."""
