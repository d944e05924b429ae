# Milestones: what a member counts for themselves, and days in general that they type.

command-milestones = Days you keep count of
command-milestones-name = A name in your words, or "new"

## Typed days and words, here and in remembrance

# Choices under a question for a day or for words.
date-today = Today
date-later = Later
date-cancel = Cancel
# Choice of a day where typed numbers could be two days; $day is such as May 3, 2025.
date-day = { $day }
date-which = Those numbers can be two days. Which one do you mean?
date-unread = I didn't get a day from that, and it went to nobody. You can type "today", "May 3, 2025", or "5 months ago".
# The second time running.
date-unread-again = Still no day that I can read, and it went to nobody. Try the month in letters, such as "May 3", or leave it for now.
date-future = That day is still to come. Please send one that has been, up to today, such as "today" or "2 weeks ago".
date-early = I can only go back to the year 1900. Please send a later day, such as "May 3, 2025".
# Said when words for a name may be a cry for help; help follows.
date-not-kept = I did not keep that. You matter more right now.
date-words = There may be a number, a link, or something our rules keep out in it. I kept nothing of it.
date-long = That is a bit long. { $longest } characters fit.

## Making one

milestone-none = You can keep count of something here, if you like. Only you see it, and no day of it can be lost. It is off until you want it.
milestone-new = Count something
milestone-no = Not now
milestone-fine = That's fine. /milestones is there when you want it.
milestone-what = What would you like to count? Any of these is fine.
# Choices of what is counted; the first four are also its name where there is none in their own words.
milestone-kind-without = Days without
milestone-kind-medicine = Days on my medicine
milestone-kind-help = Days since I asked for help
milestone-kind-self-care = Days I look after me too
milestone-kind-moment = Something I did
milestone-kind-own = In my own words
milestone-name = What would you call it? Use your own words, or tap the plain name.
milestone-name-moment = What did you do? A few words of your own are enough.
# $name is in their own words here and below.
milestone-date = From which day on? "{ $name }". You can type "today", "May 3, 2025", or "5 months ago".
milestone-anew = Which day should stand beside the ones you have? "{ $name }". All your days stay in the total.
milestone-when = Which day was it? "{ $name }". You can type "today", "May 3, 2025", or "5 months ago".
milestone-later = Okay. "{ $name }" waits for its day. /milestones has it.
milestone-cancel = Okay. Nothing changed.
milestone-many = You keep { $most } here, and that is all that fits. You can take one away to make room.

## Seeing them

milestone-yours = What you keep count of, for your eyes only:
# Lines, one for each. $day is such as May 3, 2025.
milestone-total = { $name }: { $days ->
    [one] 1 day in all
   *[other] { $days } days in all
}
milestone-begins = { $name }: it begins today
milestone-moment = { $name }: { $day }
milestone-dateless = { $name }: no day yet
milestone-longest = The longest stretch: { $days ->
    [one] 1 day
   *[other] { $days } days
}
milestone-stretch = This stretch: { $days ->
    [one] 1 day
   *[other] { $days } days
}, since { $day }
milestone-fresh = This stretch begins today.
milestone-waits = Nothing of it is lost. All the rest can wait for some days.
# Choices under one of them.
milestone-share = Tell my buddy
milestone-note = A quiet note on the day
milestone-hush = No more notes
milestone-beside = Show stretches too
milestone-only-total = Show only the total
milestone-anew-too = Start a new date too
milestone-again = Count again
milestone-change = Change it
milestone-all = All of them

## Changing one

milestone-change-what = What should be different about "{ $name }"?
milestone-rename = Other words
milestone-redate = Another day
milestone-stop = Stop counting
milestone-remove = Take it away
milestone-stay = Leave it as it is
milestone-stopped = Okay. I add no more days to "{ $name }". { $days ->
    [one] The 1 day in all stays.
   *[other] The { $days } days in all stay.
}
milestone-remove-sure = Take "{ $name }" away, with its { $days ->
    [one] 1 day
   *[other] { $days } days
}? I can't bring it back.
milestone-remove-again = Should I take it away, or leave it as it is?
milestone-remove-yes = Yes, take it away
milestone-removed = Done. "{ $name }" is gone from here.
milestone-stays = It stays as it is: "{ $name }".

## After using again, once they open it themselves

milestone-settle = { $days ->
    [one] You have 1 day in all: "{ $name }".
   *[other] You have { $days } days in all: "{ $name }".
} Want to keep the total, start a new date too, or stop counting? All are fine.
milestone-keep = Keep my total
milestone-kept = Okay. "{ $name }" goes on as it is: { $days ->
    [one] 1 day in all.
   *[other] { $days } days in all.
}

## The note on the day, only where it was asked for

milestone-note-done = I'll send one quiet note on round days, or each year on the day. Never in your quiet hours, and never in a hard time.
milestone-hush-done = Okay. No more notes about it.
# $line is such as "Days on my medicine: 30 days in all".
milestone-day = Something you asked me to note. { $line }. How would you like to mark it?
milestone-mine = Just me
milestone-mine-done = It stays with you. Thank you for letting me see it.
milestone-nothing = Do nothing
# After a second tap on "Send it".
milestone-told-already = They heard that from you already, so I did not send it again.
milestone-nothing-done = Okay, nothing it is.

## Telling a buddy, by a tap each time

milestone-nobody = You have no open chat to send it to. It stays with you.
milestone-whom = Who should hear of it?
# $name is the other's alias or "the circle", $words what would be sent.
milestone-preview = I would send this to { $name }, as your own words: "{ $words }" Shall I?
milestone-send = Send it
# What is sent, in the words of its author.
milestone-words = I wanted you to know. { $name }: { $days ->
    [one] 1 day in all.
   *[other] { $days } days in all.
}
milestone-words-today = I wanted you to know. { $name }: it begins today.
milestone-words-moment = I wanted you to know. { $name }: { $day }.
