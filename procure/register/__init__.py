"""The public register: decisions that were published, to be searched and read by anybody. It owns no rows."""
