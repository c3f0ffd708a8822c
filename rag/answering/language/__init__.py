"""What English words say, of no question: names, offices, clauses, days, doubt, who speaks."""
