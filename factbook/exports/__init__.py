"""What is made from the tables and sheets for readers other than the site's: pages of the handbook, data for machines."""
