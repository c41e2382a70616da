"""How a council's own list is read: files to tables, columns to fields, cells to values, rows to contracts."""
