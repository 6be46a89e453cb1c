"""From a table whose columns are understood to the columns of the flat table, with what was decided on the way."""
