"""How long one change of stock takes to reach ten thousand sockets, and how that compares
with Channels' own Redis layer in the same run: `python -m bench.fanout`."""
