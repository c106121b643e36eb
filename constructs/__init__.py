"""What generators make of the constructs of OpenAPI, found by building clients and sending with them."""
