"""How long things take on this machine: `make bench`. It measures and never judges."""
