"""How people here write what they type into forms, where Django knows less (FORMAT_MODULE_PATH)."""
