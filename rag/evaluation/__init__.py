"""Question sets, scores without a judge, and runs that can be repeated."""
