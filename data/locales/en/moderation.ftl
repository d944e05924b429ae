# What moderators do, and what people read of it.

## Commands of moderators

command-appeal = Say that a decision about you was wrong
command-queue = What waits for a moderator
command-case = Look at one case
command-case-case = Code of the case
command-claim = Take a case
command-claim-case = Code of the case
command-note = Add a note to a case: facts, and kind
command-note-case = Code of the case
command-note-text = The words
command-remind = Remind somebody of a rule
command-remind-case = Code of the case
command-remind-rule = Number of the rule
command-remind-reason = What was meant, in kind words; they will read it
command-warn = Warn somebody
command-warn-case = Code of the case
command-warn-rule = Number of the rule
command-warn-reason = What was meant, in kind words; they will read it
command-mute = Let somebody read, not write, for a time
command-mute-case = Code of the case
command-mute-rule = Number of the rule
command-mute-hours = How many hours
command-mute-reason = What was meant, in kind words; they will read it
command-unmute = End a mute
command-unmute-case = Code of the case
command-quarantine = Pause all notes of somebody while you look
command-quarantine-case = Code of the case
command-quarantine-rule = Number of the rule
command-quarantine-reason = What was meant, in kind words; they will read it
command-remove = Propose a removal, or agree to one
command-remove-case = Code of the case
command-remove-rule = Number of the rule
command-remove-days = How many days
command-remove-reason = What was meant, in kind words; they will read it
command-lift = End what holds somebody back
command-lift-case = Code of the case
command-unpair = Close the pair of a case
command-unpair-case = Code of the case
command-close = Close a case
command-close-case = Code of the case
command-slowmode = Set the wait between two posts
command-slowmode-channel = The channel
command-slowmode-seconds = How many seconds, 0 for none
command-takedown = Take the reported post down everywhere
command-takedown-case = The case
command-purge = Take away the newest posts
command-purge-channel = The channel
command-purge-count = How many
command-lock = Close a channel for writing, or open it
command-lock-channel = The channel
command-lock-state = On or off
command-announce = Say something in a channel as moderators
command-announce-channel = The channel
command-announce-text = The words
command-lookup = What is known of an alias
command-lookup-alias = The alias
command-shift = Begin or end your shift, or rest
command-shift-state = On or off
command-handover = What the next shift must know
command-desk = Get a link to the desk, or sign out everywhere
command-desk-state = On or off
command-release = Give a case back, with a word for whoever comes next
command-release-case = Code of the case
command-release-text = What the next one should know
command-merge = Put a case into another one
command-merge-case = Code of the case
command-merge-into = Code of the other case
command-recuse = Step back from a case, no reason asked
command-recuse-case = Code of the case
command-escalate = Hand a case to a lead
command-escalate-case = Code of the case
command-watch = Be reminded to look in on somebody
command-watch-case = Code of the case
command-watch-hours = How many hours
command-decide = Decide an appeal
command-decide-case = Code of the case
command-decide-outcome = What you decided
command-optout = Leave a kind of case to others
command-optout-kind = Kind of case
command-reveal = See an account: two leads, with a reason
command-reveal-case = Code of the case
command-reveal-reason = What was meant, in kind words; they will read it

## The rules, as they are named to people

rule-1 = Rule 1: be kind
rule-2 = Rule 2: what is shared here stays here
rule-3 = Rule 3: stay unknown
rule-4 = Rule 4: no buying, selling or finding drugs
rule-5 = Rule 5: no how-to and no hype
rule-6 = Rule 6: share your story, not orders
rule-7 = Rule 7: respect every road
rule-8 = Rule 8: no flirting, no money, no favors
rule-9 = Rule 9: no ads or recruiting
rule-10 = Rule 10: no hate, threats, or pushing anyone to harm
rule-11 = Rule 11: adults only, one account, be yourself
rule-12 = Rule 12: use help well

## Kinds of case, steps

concern-dealing = dealing
concern-sexual = sexual
concern-threat = threat
concern-money = money
concern-outing = outing
concern-advice = bad advice
concern-mean = mean
concern-worried = worried about them
concern-other = other
concern-rule = held by the bot
concern-appeal = says a hold was wrong
concern-crisis = in danger
step-reminder = reminder
step-warning = warning
step-mute = mute
step-quarantine = quarantine
step-removal = removal (two people)
mod-state-open = waits
mod-state-claimed = somebody has it
mod-state-closed = closed
mod-state-mine = yours

## What a moderator reads

mod-commands =
    Commands of moderators:
    { $list }
mod-not-yours = That command is for moderators. /help shows what you can use.
mod-missing = /{ $command } also needs: { $list }. Write: { $usage }
mod-which = { $name } is one of: { $list }. I did nothing. Write: { $command }
mod-number = { $name } is a whole number from { $least } to { $most }. I did nothing. Write: { $command }
mod-no-command = There is no such command, so I did nothing. Did you mean { $near }?
mod-no-case = I know no case by that code. /mod queue shows them.
mod-own-case = Case { $case } is too close to you, so somebody else takes it. That is how we keep it fair.
mod-above-you = Case { $case } is about somebody of the team. A lead or the operator takes it.
mod-closed = Case { $case } is closed.
mod-stale = This case changed while you looked. Nothing was done. Look again, then choose.
mod-taken = Somebody else has case { $case }. Nothing was changed.
mod-yours = You have case { $case }.
mod-claim = I take it
mod-claimed = Case { $case } is yours. /mod case { $case } shows it.
mod-claimed-p0 = Case { $case } is yours. You are not an emergency service. Be kind, share the steps, tell us, hand over. You do not have to save anyone. /mod case { $case } shows it.
page-p0 = P0: { $alias } may be in danger (case { $case }). Who can look now?
mod-noted = Noted in case { $case }.
mod-done = Done: { $alias }, case { $case }. They hear the rule, your words, how long, and how to appeal.
mod-gone = The person of case { $case } is not here any more. Nothing was done.
mod-exempt = Case { $case } is about care or a question. Nobody is punished for that.
mod-wrong-number = That number does not fit. Check it and try again.
mod-lifted = Lifted, case { $case }. They were told.
mod-nothing-runs = Nothing holds anyone back in case { $case }.
mod-no-pair = Case { $case } has no open pair.
mod-unpaired = The pair of case { $case } is closed. Both got a kind line.
mod-closed-now = Case { $case } is closed. Thank you.
mod-released = Case { $case } is back in the queue.
mod-merged = Merged into case { $case }.
mod-not-merged = Those two can't be merged: not the same person, or closed.
mod-recused = Okay. Case { $case } goes to somebody else. No reason needed.
mod-escalated = Case { $case } went up to the leads.
mod-escalated-to-you = Case { $case } ({ $alias }) was handed up. Please look.
mod-watched = I'll remind you of case { $case } in { $hours } hours.
mod-watch-due = Time to look in on { $alias } (case { $case }).
mod-decided = Decided, and told. Case { $case } is closed.
mod-outcomes = Decide one of: { $list }.
mod-no-appeal = Case { $case } has no open appeal.
mod-own-action = You acted here first, so this one is for somebody else.
mod-taken-down = Taken down everywhere. Case { $case } stays open.
mod-no-post = Case { $case } has no post that still stands.
mod-decide-first = Case { $case } is an appeal. Decide it, then it closes: /casework decide { $case }.
# One line of the queue.
mod-appeal-against = appeal against: { $step }
mod-joined = More came in on { $alias } (case { $case }).
mod-second-needed = Noted. A second moderator has to agree on case { $case }.
mod-remove-how = A removal needs a rule (1 to 12), days (1 to { $days }) and a reason.
mod-appeal-late = An appeal waits too long: case { $case } ({ $alias }).
mod-no-channel = There is no such channel. I know: { $list }.
mod-channel-done = Done in { $channel }.
mod-purged = Took { $count } posts away in { $channel }.
mod-purge-left = { $count } of { $of } posts still stand in { $channel } on { $app }. The app would not let me: they are too old, or I lack the right. Look there, and take them away by hand.
mod-queue-empty = Nothing waits. Rest a little.
mod-queue =
    Waiting: { $count }
    { $list }
mod-line = { $priority } { $case } { $alias }: { $concern }, { $state }, { $minutes } min left
mod-line-late = { $priority } { $case } { $alias }: { $concern }, { $state }, { $minutes } min late
mod-record = { $at }: { $kind }
mod-record-said = { $at }: { $kind }: { $text }
mod-case =
    { $head }
    Points: { $points }
    Steps that fit: { $steps }
    { $record }
mod-verified = Said here, word for word:
mod-file-at-desk = A photo or voice note was shared. Open it at the desk: /mod desk on.
mod-not-verified = Not verified. It may be changed, old, or told in their own words:
mod-no-alias = No case has that alias. Check how it is spelled: /mod queue shows the cases.
mod-alias =
    { $alias }: { $points } points. Cases: { $cases }
    { $list }
mod-past = { $at } { $step }, rule { $rule }, counts { $points }
mod-handover =
    Urgent:
    { $urgent }
    Due soon:
    { $soon }
mod-debrief = You were there for somebody in danger a while ago. How are you? You can talk with a lead, or take time off. Nobody carries this alone.

## Shifts

staff-welcome = You are now part of the team, as { $role }. /shift on begins a shift, /mod desk opens the desk, and /help lists what you can do.
shift-on = You are on shift, for { $hours } hours at most. Thank you for being here.
shift-off = Your shift is over. Rest well.
shift-over = Four hours are enough. Your shift is over. Rest well.
shift-none = You are not on shift.
shift-refused-on = You are on shift already.
shift-refused-resting = Your last shift ended less than 8 hours ago. Rest first.
shift-refused-week = You had five shifts in seven days. That is a lot. Rest first.
shift-break = That was a lot. Want a break? For 20 minutes I hand you nothing.
shift-rest = Take a break
shift-resting = Okay. I hand you nothing for 20 minutes.
optout-which = Which kind? { $list }. The same word again takes it back.
optout-on = Okay. Cases of the kind { $kind } go to others.
optout-off = You see cases of the kind { $kind } again.

## The desk, and breaking the glass

desk-link = Your link to the desk. It works once, for 10 minutes. Don't pass it on: { $link }
desk-off = Signed out everywhere ({ $count }).
desk-passkey-added = A passkey for your desk was added just now. Was it you? If not, send /mod desk off.
desk-nowhere = This bot has no desk yet. The operator sets desk_url.
reveal-reason = Write why, in a sentence. The operator will hear that it was done.
reveal-second = Noted. A second lead has to ask for case { $case } within the hour.
reveal-shown = Case { $case }: { $platform } { $account }. This message goes in an hour.
reveal-told = Two leads looked at the account behind case { $case }.
notice-damaged = Some rows of the database are damaged: { $places }. The log names each one. Everybody else goes on. Check the disk, and keep the newest backup: docs/run.md says more.

## What a member reads

sanction-reminder = Quick note, just for you. { $rule }. { $why } If I got this wrong, tap Appeal.
sanction-warning = This is a warning. { $rule }. { $why } Next time you may be muted for a day. If I got this wrong, tap Appeal.
# A moment such as "December 2, 2026, 6:30 PM": on the member's own clock, or where that is not known.
moment-here = { $at }
moment-utc = { $at } (UTC)
sanction-mute = You can read but not post in channels until { $until }. { $rule }. { $why } Your buddy chat still works, unless this is about your buddy. Help is here any time: /crisis. If I got this wrong, tap Appeal.
sanction-quarantine = I paused your notes while a moderator looks, until { $until } at the latest. { $rule }. { $why } /crisis, /export and /forget work. If I got this wrong, tap Appeal.
sanction-quarantine-open = I paused your notes until a moderator has looked. { $rule }. { $why } /crisis, /export and /forget work. If I got this wrong, tap Appeal.
sanction-removal = You can't use BuddyBot until { $until }. { $rule }. { $why } You can appeal for 30 days. You can still use /crisis, /export and /forget.
sanction-no-words = A moderator looked at it.
sanction-by-bot = Your note looked like an offer to sell, or like a threat.
sanction-read = I read it
sanction-appeal = Appeal
sanction-thanks = Thank you.
sanction-over = That is over. You can write again. Take care.
sanction-lifted = A moderator ended it early. You can write again.
quarantine-buddy = I paused notes from { $alias } while a moderator looks. You did nothing wrong. Want to end this chat, or keep it?
stopped = I did not pass that on. Your notes are paused while a moderator looks. Help is here any time.
stopped-heard = I did not pass that on to your buddy. I heard you. { $shift ->
    [yes] The moderators on shift see it too.
   *[no] No moderator is on right now, so the numbers come first.
}
held-back = That is paused for you right now. /crisis, /export, /forget and /appeal work.
looking-held = I can't look for a buddy for you while this runs. You can appeal, and help is here any time: /crisis.
appeal-none = There is nothing to appeal right now.
appeal-ask = Tell me in your words. Short is fine. Somebody else will look, and asking never makes it worse. A friend may write it for you.
appeal-cancel = Not now
appeal-cancelled = Okay. You can appeal for 30 days: /appeal.
appeal-sent = Thank you. Somebody who was not part of it will look within a day and answer within three.
appeal-sent-removal = Thank you. Two people will look, and you get an answer within seven days.
appeal-upheld = Somebody else looked at your appeal: the note, and what came before. { $rule }. It stays as it is. Your last step: { $contact }
appeal-reduced = Somebody else looked at your appeal. { $rule }. It was too much, so it ends now and counts for half. Your last step: { $contact }
appeal-overturned = Somebody else looked at your appeal. { $rule }. We were wrong, and we are sorry. It is as if it never was. If you want to talk about it: { $contact }
appeal-no-contact = /privacy says who runs this bot.
appeal-upheld-held = A moderator looked at the note I held. It stays unsent.
appeal-overturned-held = A moderator looked at the note I held. I was wrong, and I am sorry. You can send it again.
report-one = Only this one
report-six = This and 5 before
report-paste = I can't see your chat from here. Please paste the part moderators should see.
report-claimed = A moderator is looking at what you told us.
report-closed = We looked at what you told us and did what was needed. Thank you for speaking up.
