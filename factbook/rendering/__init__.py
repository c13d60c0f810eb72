"""From views to bytes: HTML bodies, prose as HTML, and the shells that stand around them."""
