### A moderator's talk with the person of a case, through the bot, and the wish for one.

## What the person reads

# Name over what a moderator writes; never their own.
voice-author = Moderator
# Said once, before the first words of a moderator.
voice-hello = A moderator is here and writes to you through me. They are a person, not a doctor, and they can't see your account. { $room ->
    [yes] To answer, reply to their message or tap the button. What you just type still goes to your buddy.
   *[no] What you type here goes to them too.
} What you two say is locked and gone after 3 days. You can end it any time.
voice-answer = Answer the moderator
voice-end = Close this talk
voice-cancel = Not now
voice-ask = Go ahead. Your next message goes to the moderator, and to nobody else.
voice-not-asked = Okay. Nothing was sent.
# After the first words of theirs.
voice-passed = I passed that on to the moderator.
# Nobody reads along at this moment.
voice-alone = If you need someone now: { crisis-line }, or in danger call { crisis-number }. I kept that for the moderators. Nobody is here to read it right now.
voice-ended = Okay, the talk is closed. The moderator won't write again unless you ask. Help is here any time: /crisis.
voice-over = This talk with a moderator is over. You can ask for one again any time, and help is always here: /crisis.
# What the buddy reads, once, who got a card about the danger.
voice-buddy = A moderator is there too. You don't have to carry this alone.

## The wish for a moderator

moderator-talk = Talk to a moderator
# $emergency and the crisis line come first where nobody is on shift.
moderator-called = I called a moderator. They are a person, not a doctor. { $room ->
    [yes] When they write, reply to their message.
   *[no] What you type here now goes to them.
} If a life is in danger, call { crisis-number } first.
moderator-off = If you need someone now: { crisis-line }, or in danger call { crisis-number }. No moderator is on right now. I kept a place for you, and the next one who comes on will see it. { $room ->
    [yes] When they write, reply to their message.
   *[no] What you type here waits for them.
}
moderator-none = If you need someone now: { crisis-line }, or in danger call { crisis-number }. There are no moderators here yet.

## Sentences that a moderator may send as they are

voice-danger-1 = Hi. I'm a moderator, and a person. I'm here with you now.
voice-danger-2 = Are you alone right now?
voice-danger-3 = Can you get near another person, or call? I'll be here.
voice-hard-1 = Hi. I'm a moderator, and a person. I have time for you now.
voice-hard-2 = Do you want to tell me what is going on?
voice-hard-3 = Is there someone who could be with you tonight?
voice-matter-1 = Hi. I'm a moderator. I'd like to hear your side.
voice-matter-2 = Do you want to tell me what happened, in your own words?
voice-matter-3 = Take your time. You can close this talk whenever you like.

## What moderators read

command-say = Write to the person of a P0 or P1 case, as "Moderator"
command-say-case = Code of the case
command-say-text = Your words, or 1, 2 or 3 for a sentence; leave it out to see them
command-second = Sit in the second chair of a P0 or P1: read along, speak, take over
command-second-case = Code of the case
page-asked = { $alias } asks for a moderator (case { $case }). Who has time?
mod-said = I passed that on to { $alias }, case { $case }.
mod-say-what =
    What do you want to say to { $alias }, case { $case }? Tap one, or type /mod say { $case } and your words.
    { $list }
mod-say-write = Write to them
mod-say-how = Type /mod say { $case } and your words, or reply to what they wrote.
mod-say-contact = That holds a number, a link or an address, so I did not send it. Help lines may stay in. Say it in other words (case { $case }).
mod-say-not-here = Case { $case } is not an open P0 or P1. Only there may a moderator write to somebody.
mod-say-ended = They closed the talk of case { $case }. You can write again when they ask for a moderator, or after a day.
mod-answered = { $alias } writes to you, case { $case }:
mod-said-by-other = The other moderator wrote to { $alias }, case { $case }:
mod-ended = { $alias } closed the talk of case { $case }. That is their right, and no verdict on you.
mod-second = You sit in the second chair of case { $case } ({ $alias }). You get what is said, you may write, and /mod claim { $case } takes over.
mod-second-there = Somebody sits in the second chair of your case { $case } ({ $alias }) now. You are not alone with it.
mod-taken-over = The second chair took over case { $case } ({ $alias }). You may read along. Rest if you can.
mod-talk = What was said so far:
