"""The signals, one file each: pure functions that read a `Scene` and measure candidates. Listed in `catalog`."""
