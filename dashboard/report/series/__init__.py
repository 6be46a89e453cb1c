"""A figure of every day, week, category or place."""
