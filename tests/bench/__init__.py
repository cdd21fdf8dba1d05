"""Measurements that the README quotes; `make bench` prints them."""
