"""What statute says, as dated tables and pure functions.

The ground floor: working days and standstills, periods and thresholds, which law applies, how long records are kept.
It knows nothing of Flask, of the database or of the clock; `today` and the calendars are handed to it.
A new figure is a new dated row with its source, never an `if` in old code.
"""
