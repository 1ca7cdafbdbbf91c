"""The same form in three bots, each a process of its own: ours, and two as people usually write them."""
