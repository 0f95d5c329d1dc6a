"""``python -m tests.benchmarks.inventory [--rows 1000000]``: what the table of cars costs, at three sizes in one run.

Every figure is a ratio to a floor measured beside it on the same machine: raw psycopg with the same SQL, and a bare
QTableView that paints the same rows. Two ways of others stand beside ours: Qt's own QSqlTableModel on its QPSQL driver,
and a model that loads every car by the ORM.
"""
