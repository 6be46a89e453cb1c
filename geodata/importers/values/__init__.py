"""Values as people write them: days, figures, degrees, countries, categories. Each different text is read once."""
