"""The demonstration: one real case, walked by the real actions, with what its minute does not say marked as example."""
