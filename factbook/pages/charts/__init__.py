"""What charts show: rows, days, answers, findings and links, worked out here and drawn in `drawing`."""
