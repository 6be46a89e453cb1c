"""The languages of figures."""
