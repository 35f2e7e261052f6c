"""Speed and size, measured beside a floor and a stock bot in the same run (`make bench`, `docs/benchmarks.md`)."""
