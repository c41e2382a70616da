"""Persons, posts, who held them when, roles, and signing in."""
