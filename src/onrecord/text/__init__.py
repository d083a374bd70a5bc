"""String craft that knows no news: offsets, sentences, numerals, dates, names, quotation marks, word tables."""
