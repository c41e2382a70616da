"""Contracts and decisions seen from outside: found, counted, exported, published. It owns no contract."""
