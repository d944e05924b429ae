# Somebody to talk with now.

command-now = Talk to someone now
command-oncall = Be there for others at some hours
command-oncall-hours = Hours, such as 22-2, or off
oncall-how = On call means: when someone wants to talk right then, I may ask you. You can always say no. Type /oncall and your hours, such as /oncall 22-2. /oncall off ends it.
oncall-set = Thank you. I may ask you from { $start } to { $end } o'clock, two talks a night at most. /oncall off ends it.
oncall-off = Okay. I won't ask you any more. Thank you for being there.
oncall-was-not = You are not on call. /oncall 22-2 would set your hours.
oncall-not-yet = A few questions come first, so I can find people who fit you. In danger, /crisis helps at once.
oncall-asking = I'm asking people who said they're up. If no one can in five minutes, I'll tell you.
oncall-there = Someone is here with you already. Just write.
oncall-nobody = No one could right now. That's on us, not you.
oncall-again = Try again
oncall-wanted = Someone wants to talk now. It's up to an hour, and you can stop any time.
oncall-can = I can
oncall-not = Not now
oncall-tonight = Off tonight
oncall-thanks = Okay. Thanks for telling me.
oncall-off-tonight = Okay. I won't ask you for the next twelve hours.
oncall-taken = Thank you. Someone else is there, or they don't need it any more.
oncall-here = { $alias } is here for up to { $minutes } minutes. You go by { $mine }. Say hi. /goodbye ends it sooner.
oncall-you-are-there = { $alias } is glad you came. You go by { $mine }, for up to { $minutes } minutes. /goodbye ends it sooner, /report works too.
oncall-beside = What you type now goes there. To write to someone else, answer one of their notes. If I'm not sure whom you mean, I ask.
oncall-over = The hour with { $alias } is over. I hope it helped. You can ask again with /now.
oncall-over-for-you = The hour with { $alias } is over. Thank you for being there. How are you after that? If it sits heavy, talk to someone too.
