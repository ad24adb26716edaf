"""Results drawn as figures: pure functions, without Streamlit and without queries."""
