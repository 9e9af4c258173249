"""What a reader calls each kind of letter and each way to them."""

KINDS = {
    "session-week": "A week before a session",
    "session-tomorrow": "The day before a session",
    "session-today": "Two hours before a session",
    "meeting-tomorrow": "The day before a meeting",
    "waitlist-open": "When an earlier time is free that you wait for",
    "appointment-missed": "A word when an appointment didn’t come about",
    "first-morning": "The morning after a session",
    "connection": "After a meeting, how it was for the two of you",
    "prompt-ready": "When there is something to write, if you like",
    "letter-to-self": "When a letter you wrote to yourself opens",
    "measure-due": "When a short form is ready",
    "check-in": "A moment to check in, at the time you choose",
    "routine": "A note about your routine, at the time you choose",
    "week-word": "A note about a word for the week, at the time you choose",
    "quiet-hello": "A hello when you have been quieter than usual, if you wish for it",
    "new-request": "When somebody asks for a free talk",
    "driver-missing": "When nobody is named to take somebody home, half a day before",
}
ALWAYS = {
    "appointment-booked": "When an appointment is booked",
    "appointment-changed": "When an appointment is moved or cancelled",
    "sooner-asked": "When somebody you work with would like to come sooner",
    "somebody-covers": "When somebody covers for your therapist",
}
WAYS = {"mail": "Mail", "inbox": "In Koru", "push": "Devices", "text": "Text"}
