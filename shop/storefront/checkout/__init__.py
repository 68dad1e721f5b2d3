"""What a shopper has said on the way to an order, and the forms that ask for it."""
