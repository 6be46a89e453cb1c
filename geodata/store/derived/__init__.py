"""What a snapshot keeps beside the record: what follows from it, so that a question reads what it needs."""
