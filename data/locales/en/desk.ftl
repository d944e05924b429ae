# The moderators' desk. A word in %percent signs% is filled in by the page. Short and calm: its readers are tired.

## The frame

# Name of the pages, also in the browser's tab: says nothing about what this is.
desk-title = Desk
desk-skip = Skip to the page
desk-screens = Screens
desk-screen-queue = Queue
desk-screen-handover = Handover
desk-screen-me = You
desk-screen-numbers = Numbers
desk-screen-house = House
desk-leave = Sign out
desk-until = Signed in until
desk-keys-on = Turn keys on
desk-keys-off = Turn keys off
desk-role-moderator = moderator
desk-role-lead = lead
desk-role-operator = operator
desk-role-mentor = mentor
desk-role-auditor = auditor
desk-role-member = member

## The door

desk-enter = You are about to sign in. The link works once. Nobody else should have it.
desk-enter-go = Sign in
desk-enter-shared = On a shared computer, sign out when you leave. You are signed out after 30 quiet minutes, and after 8 hours.
desk-refused-signed-out = You are signed out.
desk-refused-link-over = This link is used up, or it is older than 10 minutes.
desk-refused-passkey = That passkey does not open the desk.
desk-refused-missing = There is nothing here.
desk-refused-no-case = I know no case by that code.
desk-refused-odd = That did not come from this page, so nothing was done.
desk-refused-host = This is not the address of the desk.
desk-refused-slow = That was a lot at once. Wait a moment, then try again.
desk-refused-trouble = I could not do that just now. Nothing was lost. Try again in a moment.
desk-refused-how = For a new link, send /mod desk on to the bot.
desk-refused-again = Back to the desk

## Times. %n% is a number; %time% is one of the first three.

desk-minutes = %n% min
desk-hours = %n% h
desk-days = %n% d
desk-left = %time% left
desk-late = %time% late

## Breaks and shifts

desk-resting = You are on a break. I hand you nothing until
desk-break-offer = That was a lot. Want a break? For 20 minutes I hand you nothing.
desk-break-take = Take a break
desk-off-shift = You are not on shift. You may look and act, but nothing calls you.
desk-shift = Your shift
desk-shift-begin = Begin my shift
desk-shift-end = End my shift
desk-on-until = On shift until
desk-meter = How much it was
desk-meter-how = Since your shift began, or since your last break. Nobody else sees this.
desk-meter-heavy = P0 and P1 cases you took
desk-meter-minutes = Minutes
desk-of = %n% of %most%
desk-optout = What you leave to others
desk-optout-how = Nobody asks why. Tap a kind to leave it to others, or to take it back.
desk-opted-out = left to others
desk-opted-in = I see them
desk-devices = Where you are signed in
desk-devices-how = Lost a phone, or not sure? This signs you out here and everywhere else, and ends your passkeys.
desk-leave-all = Sign out everywhere
desk-passkeys = Passkeys
desk-passkeys-how = A passkey lets you in with your finger, your face or the code of this device, without a link. /mod desk off ends them too.
desk-passkeys-yours = You have %n%.
desk-passkey-add = Add a passkey
desk-passkey-enter = Sign in with a passkey
desk-passkey-kept = This passkey opens the desk now.
desk-passkey-trouble = That did not work. Nothing was changed. The link always works.
desk-passkeys-drop = Forget my passkeys
desk-passkeys-dropped = Your passkeys are gone.
desk-could = Could I have done more?
desk-could-text = You were there, and that counts. You did not cause this, and you could not see all of it. Talk with a lead today. Nobody carries this alone.

## The queue

desk-count = Cases: %n%
desk-count-more = , and more
desk-count-late = , late: %n%
desk-keys-queue = Up and down:
desk-keys-beside = move along the queue, Enter opens
# Beside the second case of one person in the queue.
desk-same-person = the same person
desk-mine = Yours
desk-waiting = Waiting
desk-take = Take
# For screen readers; %alias% is the person's alias.
desk-take-named = Take the case of %alias%
desk-not-allowed = too close to you
desk-look-up = Look up
desk-priority-p0 = P0: a life in danger
desk-priority-p1 = P1: danger to others
desk-priority-p2 = P2: within two hours
desk-priority-p3 = P3: within twelve hours
desk-nothing = Nothing here.

## A case

desk-own-case = This case is too close to you, so somebody else takes it. That is how we keep it fair.
desk-duty = You are not an emergency service.
desk-duty-job = Be kind, share the steps, tell us, hand over. You do not have to save anyone.
desk-evidence = What was shared
desk-shared-photo = A photo that was shared
desk-shared-voice = A voice note that was shared
desk-no-evidence = Nobody shared any words.
desk-show = Show
desk-changed = This case changed while you looked.
desk-look-again = Look again
desk-hide = Hide
desk-why = Why it is here
desk-fired = The bot noticed:
desk-exempt = Nobody is punished for this.
desk-exempt-how = This case is about care, or a question. Write a note, watch with care, or close it.
desk-country = Country:
# %n% is a number of points, such as 4.5.
desk-points = %n% points today
desk-past = Steps before
desk-overturned = overturned
desk-counts = counts %n%
desk-rule = rule %n%
desk-what-to-do = What to do
desk-closed = This case is closed.
desk-taken = A colleague has this case. You can read it.
# %step% is a step, such as mute.
desk-appeal-against = appeal against: %step%
desk-acted-here = you acted here
desk-not-yours = You took this step, or lifted it, so somebody else answers. You can read along.
desk-against = It is about:
desk-its-case = its case
desk-was-told = They were told:
# %role% is one of the roles above.
desk-lifted-by = A colleague (%role%) ended it early:
desk-first-answer = One colleague answered. A second one has to say the same:
desk-ended-early = , ended early
desk-others = Also open about this person
desk-fits = fits best
desk-appeal = An appeal waits
desk-appeal-how = Somebody else than who acted decides. For a removal, two must say the same.
desk-answer = Your answer
desk-do-decide = Send the answer
desk-outcome-upheld = It stays
desk-outcome-reduced = Reduce it
desk-outcome-overturned = Undo it, say sorry
desk-second = A second person is needed for a removal. Why: see the record below.
desk-second-agree = I agree to the removal
desk-step-reminder = Reminder
desk-step-warning = Warning
desk-step-mute = Mute
desk-step-quarantine = Pause all their notes
desk-step-removal = Propose a removal
desk-about-reminder = They get a private note with the rule and your words.
desk-about-warning = They get a warning that says what comes next.
desk-about-mute = They can read, not post in channels. The buddy chat goes on, unless it is about the buddy.
desk-about-quarantine = Their notes reach nobody while you look. Use it for danger.
desk-about-removal = A second moderator has to agree.
desk-reason = Your words to them
desk-reason-how = They will read this. Say what was meant, not the text itself. Be kind.
desk-which-rule = Rule
desk-how-many-hours = Hours
desk-how-many-days = Days
desk-do-claim = Take this case
desk-do-remind = Send the reminder
desk-do-warn = Send the warning
desk-do-mute = Mute
desk-do-quarantine = Pause
desk-do-remove = Propose
desk-do-note = Add the note
desk-do-close = Close the case
desk-do-release = Give it back
desk-do-escalate = Hand it to a lead
desk-do-lift = Lift what holds them
desk-do-unpair = End the pair now
desk-do-merge = Merge
desk-do-recuse = Step back
desk-note = A note for colleagues
desk-note-how = Facts, and kind. No guesses.
desk-watch = Watch with care
desk-watch-how = I remind you to look in on them, in:
desk-merge = Merge into another case
desk-unpair = End the pair
desk-unpair-how = Their chat closes, and both get a kind line. They will not be paired again.
desk-recuse-how = Is this one not for you? Step back. No reason asked.
desk-record = Record
desk-line-opened = opened
desk-line-joined = more came in
desk-line-claimed = taken
desk-line-released = given back
desk-line-recused = stepped back
desk-line-escalated = handed to a lead
desk-line-merged = merged
desk-line-note = note
desk-line-action = acted
desk-line-appeal = appeal
desk-line-decided = appeal decided
desk-line-closed = closed
desk-line-watch = watch set
desk-line-second = second chair taken
desk-line-said = a moderator wrote
desk-line-answered = they wrote
desk-line-ended = they closed the talk

## Handover

desk-handover-how = Take what is urgent, one by one. What nobody takes calls the leads.
desk-urgent = Urgent
desk-soon-watches = Look in on
desk-soon-lifting = Pauses that end soon
desk-soon-appeals = Appeals that wait for an answer

## Numbers

desk-numbers-how = These count work, never people. Past counts under ten are hidden.
desk-numbers-how-lead = These count work, never people. You lead the team, so you see small counts too.
desk-none-yet = none yet
desk-few = under 10
desk-as-table = As a table
desk-how-many = How many
desk-priority = Priority
desk-step = Step
desk-moderator = Moderator
desk-hour = Hour (UTC)
desk-covered-days = Days with somebody on shift
desk-someone = One of us (%n%)
desk-chart-waiting = Open now
desk-chart-waiting-how = Cases that are not closed, by priority.
desk-chart-coverage = Who is there when
desk-chart-coverage-how = Of the last 28 days, how many had somebody on shift in each hour (UTC).
desk-gaps = Nobody was there at:
desk-no-gaps = Each hour had somebody on some day.
desk-chart-pace = How long it takes
desk-chart-pace-how = The middle one of all cases of 90 days, and how long the oldest open one waits.
desk-pace-first = First look
desk-pace-close = Closed
desk-pace-oldest = Oldest
desk-chart-steps = Steps taken
desk-chart-steps-how = In the last 90 days.
desk-chart-rules = By rule, and overturned
desk-chart-rules-how = The striped part was overturned on appeal. Much of it: the rule may need a look.
desk-chart-shares = Hard cases, by moderator
desk-chart-shares-how = P0 and P1 in 28 days, without names. When they are alike, the work is shared well.
desk-chart-detectors = The bot was wrong
desk-chart-detectors-how = What it noticed and an appeal overturned, in 90 days.

## The house

desk-on-shift-now = On shift now: %n%
desk-board = How the bot is
desk-board-well = Nothing is wrong.
desk-rules = Rules
desk-rules-checked = Last checked:
desk-lines = Help lines
desk-lines-how = These need a look by the operator:
desk-lines-fine = All help lines were checked in time.

## Writing to the person of a P0 or P1

desk-say = Write to them, as "Moderator"
desk-say-how = Short and kind. Ask about now, about what is near, about who is with them. No numbers or links but help lines. They can close the talk; the words are gone after 3 days.
desk-say-ended = They closed the talk. You can write again when they ask for a moderator, or after a day.
desk-do-say = Send to them
desk-do-second = Sit in the second chair
desk-talk = What you said to each other
desk-talk-gone = The words are gone.
desk-level = How grave:
# How far the danger goes that the bot read, from distress to danger now; then what else it is about.
desk-level-distress = In distress.
desk-level-wish = A wish to be dead.
desk-level-thoughts = Thinks about ending their life.
desk-level-plan = Has a plan, a method or said goodbye.
desk-level-now = Acting now, or about to.
desk-lane-overdose = Somebody may have overdosed.
desk-lane-alone = Uses alone.
desk-lane-withdrawal = In withdrawal.
desk-lane-violence = Somebody hurts or threatens them.
desk-lane-child = A child may be in danger.
desk-lane-buddy = They worry about their buddy.
desk-local = Their own time:
desk-unknown = not known
desk-shown = The bot said last:
desk-tapped = They tapped:
desk-nothing-tapped = nothing
desk-next-check = Next check at:

## Channels

desk-channels = Channels
desk-channels-how = What you set here holds everywhere a channel stands, on each platform.
desk-channel-open = open
desk-channel-locked = locked
# %n% is a number of seconds.
desk-channel-slow = slow: %n% s
desk-channel-places = places: %n%
desk-do-lock = Lock it
desk-do-unlock = Unlock it
desk-slow = Seconds between two posts of one person
desk-do-slow = Set the pace
desk-announce = Say something as the team
desk-do-announce = Post it
desk-purge = Take away the newest posts: how many
desk-purge-how = They go on each platform, for everyone. That can't be undone.
desk-do-purge = Take them away
desk-post = The post:
desk-takedown = Take the post down
desk-takedown-how = It goes on each platform, for everyone. That can't be undone. The author is not told by this.
desk-do-takedown = Take it down
desk-line-taken-down = post taken down
