"""What a sheet can say: one pydantic model per collection, and the values they are made of.

Pure: no files, no clock. Whether what a sheet says may be published is for the checks.
"""
