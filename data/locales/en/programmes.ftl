# Programmes that invite people, such as a clinic, and who is counted in their numbers.

command-join = Come in with an invite
command-join-code = The code on the sheet
command-counted = Be counted for who invited you, or not
command-counted-state = On or off
command-research = Be counted for research, or not
command-research-state = On or off

## Invites

join-how = Type the code after the command: /join ABCD-EFGH-JKMN. You need no invite to be here, all is open to you anyway.
invite-again = You came by an invite of { $label } before. Nothing changes.
invite-over = This invite of { $label } does not work any more. You don't need one: all is open to you anyway, and free.
invite-unknown = I don't know this invite. A letter may have slipped. You don't need one: all is open to you anyway, and free.

## To be counted for who invited you

# card
# $day is the first day from which they would be counted.
count-ask =
    { $label } sent you here and would like to know if this helps people. It's up to you.
    Counted: weeks you wrote, a buddy for two weeks, and whether you felt heard and safe.
    They see numbers of many people, never who you are, never your words.
    It begins on { $day } and ends after a year.
    You can stop at any time with /counted off, and a no changes nothing here.
    May I count you?
count-yes = Yes, count me
count-no = No, thanks
count-stop = Stop counting me
count-agreed = Thank you. From { $day } on you are one of many in the numbers of { $label }. /counted off stops it.
count-declined = That's fine. Nothing changes, and I won't ask again.
count-stopped = Done. You are in none of their numbers from now on.
count-on = You said yes to being counted for { $label }, from { $day } on, for a year. They see numbers of many, never you.
count-nobody = Nobody counts you. You came here without an invite, or it has ended.
count-ended = { $label } does not invite people any more, so nobody counts you.
count-early = First come your own few questions. After that this is yours to choose.

## To be counted for research

# card
# $version is the day on which this text was last changed.
research-ask =
    Research can show what helps people like us. This is a choice of its own, and it's up to you.
    Counted: weeks you wrote, a buddy for two weeks, whether you felt heard and safe, and what brings you here.
    Out of it come tables of many people. Nobody in them can be picked out, and no word of yours is in them.
    It begins with the next quarter and ends after a year. /research off stops it at any time.
    This text is of { $version }. May I count you for research?
research-yes = Yes, count me
research-no = No, thanks
research-stop = Stop counting me
research-agreed = Thank you. From { $day } on you are one of many in the research numbers (text of { $version }). /research off stops it.
research-declined = That's fine. Nothing changes.
research-stopped = Done. You are in none of the research numbers from now on.
research-on = You said yes to research, from { $day } on, for a year (text of { $version }). It shows numbers of many, never you.
research-nowhere = There is no research here. Nobody counts you.

## The printed sheet

# What stands over the sheet.
sheet-head = Talk with someone who has been there
# What the bot is.
sheet-what = BuddyBot finds you one person who faces the same with opioids: your own use, or somebody you love or lost. You write to each other under made-up names. It is free.
# $label is the programme's name.
sheet-private = { $label } can't see who comes, nor a word you write.
# What the bot is not.
sheet-peers = This is company of peers. It is no treatment and no emergency service.
# Under the QR codes.
sheet-web = In a browser
sheet-telegram = On Telegram
# Before a line to type, /join CODE.
sheet-type = On Discord or anywhere else: open a chat with BuddyBot and send
# $day is the last day.
sheet-until = Until { $day }. After that you can come all the same, without a code.
