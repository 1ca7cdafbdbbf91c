"""What staff say to us in chat."""
