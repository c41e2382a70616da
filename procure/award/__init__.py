"""The officer writes to every bidder, records the award notice and waits out the standstill."""
