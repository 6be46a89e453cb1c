"""The record: its model, and the arithmetic of its claims."""
