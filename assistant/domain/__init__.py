"""The words of the program as plain values; standard library only."""
