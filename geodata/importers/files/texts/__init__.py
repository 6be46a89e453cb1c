"""Texts as tables: what they are written in, where their rows are, what is a row and what is not."""
