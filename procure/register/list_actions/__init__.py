"""What is done with a list of contracts: taken in, checked, brought in."""
