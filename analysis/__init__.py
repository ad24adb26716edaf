"""Works it out: pure functions from counts to rates, intervals, comparisons and cards."""
