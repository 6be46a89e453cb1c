"""Where the tables of a snapshot are asked: the engines behind the expressions of the questions."""
