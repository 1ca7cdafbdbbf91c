"""What residents say to us."""
