"""Why a file isn't kept, in words for the one who sent it: what any room says of any file."""


class Refused(Exception):
    """`str()` of it stands beside the field. The words that were typed are kept all the same."""


NOTHING = "This file is empty. Please choose it again, or record it once more."
TOO_LARGE = "This file is larger than {most} MB. A smaller or shorter one can be kept."
NO_PICTURE = "This isn't a picture that can be kept here. JPEG, PNG and WebP work."
HEIC = "This photo is in the HEIC format, which can't be kept here yet. A screenshot of it, or a copy as JPEG, works."
DRAWN_BY_CODE = "This is an SVG file, which can't be kept here. A photo or a screenshot of it works."
MOVING = "This picture moves. A still one, such as a screenshot of it, can be kept."
CUT = "Only a part of this file arrived. Please send it once more."
TOO_MANY_DOTS = "This picture is larger than 40 megapixels. A smaller copy of it can be kept."
