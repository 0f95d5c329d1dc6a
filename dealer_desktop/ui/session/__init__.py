"""What is true while one person works on one open database: what changes, what they chose, what they typed."""
