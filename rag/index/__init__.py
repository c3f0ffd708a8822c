"""What is stored, and how it stays true to the files."""
