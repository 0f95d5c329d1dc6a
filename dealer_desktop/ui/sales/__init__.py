"""What the tabs share for selling: the dialogs of an order's life and the words that go with them."""
