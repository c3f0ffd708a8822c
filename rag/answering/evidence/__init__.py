"""Which articles and sentences speak of what is asked, and how near they come to it."""
