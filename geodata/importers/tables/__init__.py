"""Tables as rows of text, whatever file they come in."""
