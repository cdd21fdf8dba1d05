"""Training of the restorer of written Arabic: `dataset`, then `train`, then `export`; `grow` makes a deeper one."""
