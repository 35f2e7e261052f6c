"""What a typed text means, decided inside the process: no network, nothing kept, nothing generated."""
