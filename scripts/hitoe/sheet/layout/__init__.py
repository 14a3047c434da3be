"""The layout of the study sheet: blocks are measured, packed into columns and pages, and the result is validated."""
