"""The search of one centre's site: Polish word forms, documents' titles, the nearest word for a slip."""
