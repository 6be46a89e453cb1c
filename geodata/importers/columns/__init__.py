"""The same by columns, for any number of rows; a row that breaks a rule is read by `rows`, which says so."""
