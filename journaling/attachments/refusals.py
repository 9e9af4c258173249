"""Why a recording or picture isn't kept with an entry; what is said of any file is in `koru.ui.refused`."""

NO_RECORDING = "This isn't a recording that can be kept here. WebM, Ogg, M4A, MP3 and WAV work."
TOO_LONG = "This is longer than 5 minutes. A shorter one can be kept, or two."
NO_LENGTH = "The length of this recording can't be read, so it can't be kept. Another format may work, such as M4A or MP3."
FILM = "This is a film. Only its sound, or a photo, can be kept here."
FULL_ENTRY = "Ten things are with this entry already, which is all that fits. A new entry has room again."
FULL_JOURNAL = (
    "Your journal has room for {most} MB of voice, drawings and photos, and this would be more. "
    "Taking out one that you no longer need makes room."
)
WAITS = "For a day after a session, sharing more waits. You can share this one tomorrow."
