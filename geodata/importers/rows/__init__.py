"""The rules of each kind of data set, row by row: what they make of a row, and every problem of it."""
