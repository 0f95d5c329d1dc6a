"""What the forms hand to the services: frozen values, read and checked field by field.

One file a subject; ``base.parse`` takes what a person typed. A screen imports the input that its form fills.
"""
