"""The desk at the edge: carries out what visitors and operators ask of it, and tells each of the other side."""
