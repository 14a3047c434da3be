"""The preview: cards, sheets and posts in the browser while the author writes."""
