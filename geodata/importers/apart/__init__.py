"""What stands together in a file and is read apart: days beside places, figures in sentences, rows that head others."""
