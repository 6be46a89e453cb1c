"""The questions that can be asked of the record, a module a kind: each makes expressions and reads the answers."""
