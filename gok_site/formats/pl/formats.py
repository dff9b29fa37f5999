"""What Django's own Polish formats lack; the others stay Django's."""

# "18.00" is how an hour stands on most Polish posters.
TIME_INPUT_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S", "%H:%M:%S.%f"]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S.%f"]
