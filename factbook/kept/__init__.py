"""What is kept from one run to the next: sheets as they were read, and what everything made of them had looked up.

Nothing here knows what is made. A clean build is the same code with nothing kept.
"""
