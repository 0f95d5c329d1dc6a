"""The machinery of transactions: the open database, one write done exactly once, reads that can be taken back."""
