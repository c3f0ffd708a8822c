"""What sentences tell of a topic as planned, changed or done, in the order of its days."""
