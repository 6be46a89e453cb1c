"""The words that people write values with, in eight languages, and how texts are compared with them."""
