# What keeps two people talking: the deal of a new pair, first words to tap, kind silences.

## The deal: each is asked alone, only what both said is told

deal-pace = A small deal, so nobody has to guess. Only I see your answers. How often would you like to write with { $alias }?
# Choices of how often two people write; also shown to both when both picked it.
deal-pace-many = Many times a day
deal-pace-daily = About once a day
deal-pace-few = A few times a week
deal-pace-weekly = About once a week
deal-pace-loose = When it fits
deal-skip = Skip
deal-hours = When is a good time for you to talk?
# Choices of the hours; also shown to both when both picked it.
deal-hours-mornings = Mornings
deal-hours-days = In the day
deal-hours-evenings = Evenings
deal-hours-nights = Late at night
deal-hours-any = Any time
deal-limits = Is there anything you would rather leave out here?
deal-limits-more = Left out so far: { $list }. Anything else?
# Choices of what to leave out; also put into "left out so far" and "you both leave out".
deal-limits-using = Stories of using
# The same choice for who loves somebody that uses, and for who lost somebody.
deal-limits-using-family = Stories of drug use
deal-limits-using-bereaved = How they died
deal-limits-faith = Faith
deal-limits-family = Family
deal-limits-medicine = Medicine
deal-none = Nothing
deal-clear = Leave nothing out
deal-done = That's all
deal-check = And if you go quiet one day, what should I do?
deal-check-soon = Check on me after 2 days
deal-check-later = Check on me after 4 days
deal-check-week = Check on me after a week
deal-check-leave = Leave me be
deal-thanks = Thank you. I keep that in mind. /deal changes it any time.
# Said to both, with lines below it.
deal-shared = Good to know. You both said:
deal-line = - { $choice }
deal-without = - to leave out: { $choice }
deal-end = /deal changes it any time.
deal-differ = Thank you both. You like some things in your own way, and that's fine. There is no need to be fast. /deal changes it any time.

## First words to tap

opener-ask = First words are the hardest. Want a starter?
opener-show = Yes
opener-own = I've got it
opener-own-words = Good. Just type, and I'll pass it on to { $alias }.
opener-pick = Tap one, and I send it as your own words.
opener-another = Another
opener-stop = No more
opener-sent = I passed it on: "{ $words }"
opener-held = I'll pass it on when it suits them: "{ $words }"
opener-stopped = Okay. I won't offer any more here. /opener brings them back.
opener-none = That was all I have for you two. Your own words are the best ones. { $alias } reads what you type.

## Silence, kindly: to the silent one

silence-ask = { $alias } wrote { $days ->
    [one] a day
   *[other] { $days } days
} ago. No pressure. Want to send a quick sign?
silence-busy = I'm okay, busy
silence-break = I need a break
silence-stop = I'd like to stop
silence-tomorrow = Remind me tomorrow
silence-busy-done = I let { $alias } know that you're okay and busy. No need to write until you like to.
silence-tomorrow-done = Okay. I'll ask once more tomorrow.
silence-over = All is well: you two have written since. Just type, and I'll pass it on to { $alias }.
silence-ended = I let { $alias } meet someone new, so they're not left hanging. It's nobody's fault. You are still welcome here.
silence-person = Talk to a person

## Silence, kindly: to the waiting one

silence-busy-other = A sign from { $alias }: they're okay, just busy. They'll write when they can.
silence-break-other = { $alias } needs a break for some days. It's about rest, not about you.
silence-told = { $alias } has been quiet. It's most often life, not you. What would you like?
# The same for who lost somebody: quiet is heavier there.
silence-told-bereaved = { $alias } has been quiet. After a loss, quiet can feel heavy. It's most often life, not you. What would you like?
silence-wait = Wait 3 more days
silence-new = Find someone new
silence-door = Find someone new, keep the door open
silence-wait-done = Okay. I'll ask you again in { $days } days, if it stays quiet.
silence-new-done = Okay. I closed this chat kindly. { $alias } hears that it's nobody's fault.
silence-door-done = Okay. If { $alias } comes back and you are free, I'll ask you both. Until then I look for someone new.

## Two who have not begun

silence-lull = Quiet in here. That's okay. Want a question for both of you?
silence-both = Yes
silence-not-now = Not now
silence-no-more = Stop asking
silence-fine = Okay. There's no hurry.
# Said to both; the question is one of the first words.
silence-question = A question for you both: "{ $words }"

## Coming back

return-back = I'm back
return-pause = Pause me
return-welcome = Good to see you. Nothing is lost. Want a new buddy, or rest a while?
# The same for who lost somebody.
return-welcome-bereaved = It's good that you are here. Your place was kept. Want a new buddy, or rest a while?
return-again = Ask my old buddy
return-asked = I'll ask { $alias }. If they have found their way since, it's not about you. I'll tell you when they say yes.
return-ask = { $alias } is back. You kept the door open. Want to talk again?
return-yes = Yes
return-not-now = Not now
return-not-now-done = Okay. I won't ask again. They hear nothing of it.
return-gone = That door is closed by now, and it's nobody's fault. You can meet someone new any time.
return-retry = I want to try again
looking-rests = A few chats went quiet lately. That happens, and nothing is wrong with you. I stopped looking for now, so you can rest. One tap and I look again.
room-again = You and { $alias } both want to talk again. Your chat is open here. Just type.

## Needing less

less-done = Okay. The pace here is now: { $pace }. I tell { $alias } kindly that it's not about them.
less-other = { $alias } likes this chat and needs a slower pace for now: { $pace }. It's not about you.
less-slowest = This chat has the slowest pace already. /pause gives you a break from all of it.
