"""What was asked beside the filter: how it is seen, how a figure is made, both as addresses."""
