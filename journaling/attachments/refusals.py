"""Why a file isn't kept, in words for the one who sent it."""


class Refused(Exception):
    """`str()` of it stands beside the field. The words that were typed are kept all the same."""


NOTHING = "This file is empty. Please choose it again, or record it once more."
TOO_LARGE = "This file is larger than {most} MB. A smaller or shorter one can be kept."
NO_RECORDING = "This isn't a recording that can be kept here. WebM, Ogg, M4A, MP3 and WAV work."
NO_PICTURE = "This isn't a picture that can be kept here. JPEG, PNG and WebP work."
HEIC = "This photo is in the HEIC format, which can't be kept here yet. A screenshot of it, or a copy as JPEG, works."
DRAWN_BY_CODE = "This is an SVG file, which can't be kept here. A photo or a screenshot of it works."
MOVING = "This picture moves. A still one, such as a screenshot of it, can be kept."
CUT = "Only a part of this file arrived. Please send it once more."
TOO_MANY_DOTS = "This picture is larger than 40 megapixels. A smaller copy of it can be kept."
TOO_LONG = "This is longer than 5 minutes. A shorter one can be kept, or two."
NO_LENGTH = "The length of this recording can't be read, so it can't be kept. Another format may work, such as M4A or MP3."
FILM = "This is a film. Only its sound, or a photo, can be kept here."
FULL_ENTRY = "Ten things are with this entry already, which is all that fits. A new entry has room again."
FULL_JOURNAL = (
    "Your journal has room for {most} MB of voice, drawings and photos, and this would be more. "
    "Taking out one that you no longer need makes room."
)
WAITS = "For a day after a session, sharing more waits. You can share this one tomorrow."
