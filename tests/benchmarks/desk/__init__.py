"""``python -m tests.benchmarks.desk [--cars 500000 --orders 300000]``: a large dealership in the real window.

Tabs, sorts, searches, cards and forms, each beside what raw psycopg takes in the same run. There are twice as many
payments as orders.

The floor of a sort is the fetch of the very rows of its page by their ids: no index could give less. That of a search
and of a card are the same statements said again. The longest stall is how long the event loop did not turn meanwhile.
"""
