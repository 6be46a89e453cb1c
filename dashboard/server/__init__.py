"""The web server: the app, its addresses, its files and its answers to errors."""
