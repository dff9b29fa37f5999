"""Sample content: two centres, their texts as TOML beside this file, their pictures drawn by code."""
