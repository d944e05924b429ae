# A member's own check-ins: set up by themselves, seen by nobody else.

## How often and when

own-often = I can ask you how your day is. Only you see what you tap. How often?
# $often is one of the choices below, $time a time such as 18:00.
own-often-now = I ask how your day is: { $often }, at { $time }. Only you see what you tap. Change it?
# Choices of how often; also put into other sentences.
own-often-daily = Every day
own-often-some = Some days
own-often-weekly = Once a week
own-hour = At what time of your day? For another time, type it with the command: /checkin daily 7pm.
# Choices of the hour.
own-hour-morning = Morning, 8:00
own-hour-midday = Midday, 12:00
own-hour-evening = Evening, 18:00
own-hour-late = Late, 21:00
own-not-now = Not now
own-fine = That's fine. /checkin is there when you want it.
own-set = I'll ask: { $often }, at { $time }. Never in your quiet hours. You can skip or stop with one tap.
own-stopped = I stopped asking. What you tapped is still yours to see. /checkin starts again.

## The day

# $name is their nickname, or "none".
own-mood = { $name ->
    [none] Your check-in.
   *[other] Your check-in, { $name }.
} How's today?
# Within three days of a crisis, or of using again.
own-mood-gently = { $name ->
    [none] Just looking in.
   *[other] Just looking in, { $name }.
} No need to answer. How is it today?
# Choices of the mood.
own-mood-okay = Okay
own-mood-meh = Meh
own-mood-hard = Hard
own-mood-awful = Really hard
own-skip = Skip
own-stop = Stop these
# Asked where typed words may mean two of the choices, such as "not today".
own-which = I want to get this right, and each answer is fine. Which one did you mean?
own-skipped = Okay, skipped.
own-noted = I have that already.
# After [Hard] or [Really hard].
own-ease = Sorry it's hard. Anything that would make it one notch easier?
# Choices of what would help.
own-ease-company = Company
own-ease-distraction = Distraction
own-ease-quiet = Quiet
own-craving = Any craving today?
# Choices of craving.
own-craving-none = None
own-craving-some = Some
own-craving-strong = A lot
own-safe = Do you feel safe right now?
# Choices of safe.
own-safe-yes = Yes
own-safe-no = No
own-thanks = Thank you. That's all. Only you can see this.
own-thanks-heavy = Thank you for telling me. Go easy on yourself today. /now finds someone to talk to, /crisis shows help lines.
own-company = You don't have to sit with this alone. If you have a buddy, a word to them is enough. Or I ask if someone can talk now.
own-someone = Talk to someone now
own-quiet = Quiet it is. One more thing, then I leave you be.
# Something small to do; one of these is picked by chance.
own-distraction-1 = Look around and find five blue things. Take your time.
own-distraction-2 = Hold something cold for a bit, or run cold water over your hands.
own-distraction-3 = Put on one song you know by heart, and listen to the end.
own-distraction-4 = Step outside for two minutes, if you can. Look far away.
own-distraction-5 = Name a town for each letter, from A on. See how far you get.

## The weeks

weeks-none = There is nothing to draw yet, and that's fine. /checkin asks how your day is, when you like.
weeks-title = Your last { $weeks } weeks, for your eyes only.
# A line for each week; $day is its Monday, $list such as "Okay 3, Hard 1".
weeks-week = - Week of { $day }: { $list }
weeks-key = In the picture each row is a week, from Monday on. The fuller a day, the lighter it was for you.
