"""The record in the columns of others' codebooks, with what these cannot say counted."""
