"""Many figures from one TOML file."""
