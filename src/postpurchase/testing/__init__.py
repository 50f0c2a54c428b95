"""What a shop needs to test its own use of this library; each part is a module of its own."""
