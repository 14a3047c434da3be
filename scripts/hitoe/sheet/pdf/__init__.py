"""Printing HTML as PDF with WeasyPrint, and exchanging colours in a finished PDF."""
