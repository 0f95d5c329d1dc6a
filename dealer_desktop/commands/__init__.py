"""What the commands do. A module's ``add_to`` adds its commands to the command line.

Each imports what it needs when it runs: ``--help`` is quick, and what needs no Qt works without Qt's libraries.
"""
