"""Files become dated articles, their sentences, their passages and the days they speak of."""
