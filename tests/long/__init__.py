"""Runs that take too long for every test run: hundreds of rounds, kills and cuts. ``.ci/nightly`` starts each of them.

A run is a module with a ``main()`` that raises where a promise was broken and prints one line that says what it did.
Its number of rounds is its first argument. It is no ``test_`` module, so that pytest does not collect it.
"""
