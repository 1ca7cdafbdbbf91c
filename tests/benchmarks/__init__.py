"""Benchmarks: how fast, how steady, and what is lost; beside the ways other bots are built."""
