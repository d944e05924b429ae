# Remembrance: a day of the year that a member wants to have in mind. Slow, plain, no cheer.

command-remember = A day each year that you want to have in mind
command-remember-day = Such as June 3

# In the lane of those who lost someone, in place of counting. $kept is "yes" where they counted something before.
remember-instead = { $kept ->
    [yes] I don't count days here. What you counted before is kept.
   *[other] I don't count days here.
} If one day of the year is heavy for you, I can have it in mind with you.
remember-none = If one day of the year is heavy for you, I can have it in mind with you. It is only here if you want it.
remember-new = Name a day
remember-no = Not now
remember-fine = That's fine. /remember is there if you want it.
remember-day = Which day is it? You can type it like "June 3". The year is not needed.
remember-word = Is there a name or a word for that day? You can leave it out.
remember-wordless = No word
remember-when = When should I speak of it? You can tap, or type an hour such as "8pm".
# Choices of when.
remember-when-morning = In the morning, 9:00
remember-when-evening = In the evening, 18:00
remember-when-eve = The evening before, 18:00
remember-silent = Don't speak of it, just keep it
remember-when-unread = I didn't get an hour from that, and it went to nobody.
remember-no-clock = I don't know your local time yet, so I use world time (UTC). You can add it in /answers.
remember-many = You keep { $most } days here, and that is all that fits. You can take one away to make room.

# Name of a day that has no word.
remember-a-day = A day you keep
remember-yours = The days you keep, for your eyes only:
# Lines. $day is when it is next, such as June 3, 2027.
remember-line = { $name }: { $day }. I speak of it on the day, at { $time }.
remember-line-eve = { $name }: { $day }. I speak of it the evening before, at { $time }.
remember-line-silent = { $name }: { $day }. I don't speak of it.
# Choices under one of them.
remember-hour = Another hour
remember-reword = Another word
remember-redate = Another day
remember-stop = Don't speak of it again
remember-remove = Take it away
remember-stopped = Okay. I won't speak of it. The day stays with you: /remember.
remember-remove-sure = Take this day away: "{ $name }"?
remember-remove-again = Should I take it away, or leave it as it is?
remember-remove-yes = Yes, take it away
remember-stay = Leave it as it is
remember-removed = Done. It is gone from here.
remember-stays = It stays as it is.

# On the day, and on the evening before. $name is their word, or "none".
remember-today = { $name ->
    [none] Today is the day you asked me to have in mind.
   *[other] Today is the day you asked me to have in mind: { $name }.
} You don't have to answer. I'm here.
remember-tomorrow = { $name ->
    [none] Tomorrow is the day you asked me to have in mind.
   *[other] Tomorrow is the day you asked me to have in mind: { $name }.
} You don't have to answer. I'm here.
remember-someone = Talk to someone
remember-skip = Skip
remember-skipped = Okay. Go gently today.
