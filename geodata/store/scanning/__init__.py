"""Tables and views of others in databases: read whole, and never written to."""
