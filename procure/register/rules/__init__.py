"""What may be asked of the register, and how it is answered: pure."""
