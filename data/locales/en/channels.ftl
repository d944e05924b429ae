# Recovery channels: shared rooms on Discord and Telegram. What is said in public is short; the rest is private.

command-write = Write in a channel, under a name of its own
command-write-channel = The channel, such as nights
command-write-words = What you want to say

## What is pinned

channel-about-anonymous = Nobody sees who writes here. Tap Write, and I post your words under a name made for this channel.
channel-about-open = You write here under your own account, so people can see who you are. I read each message, and take away what breaks a rule.
channel-about-moderators = For moderators. I tell you here when someone should look.
channel-rules =
    1. Be kind. 2. What is shared here stays here. 3. No names, numbers, links or photos. 4. No buying, selling or finding drugs. 5. No doses, no how-to. 6. Share your story, not orders. 7. Every road is okay. 8. No flirting, money or ads. Asking for help is never against a rule.
channel-write = Write
channel-answer = Answer
channel-enter = I read the rules
channel-help = Help is here, day and night. Tap, and I show it to you alone.

## Writing through the bot

channel-write-ask = Write it here, and I post it in { $title }. You go by { $alias } there. It is not tied to your chats here.
channel-cancel = Don't write
channel-cancelled = Okay. I did not post anything.
channel-waited = I stopped waiting for your words, so nothing was posted. Tap Write when you are ready.
channel-which = Where would you like to write?
channel-none = There is no channel here that I can write in for you.
channel-gone = That channel is gone, so I did not post anything.
channel-write-there = In { $title } people write for themselves. I can't post there for you.
channel-posted = I posted it in { $title }. You are { $alias } there.
channel-posted-without = I posted it in { $title } as { $alias }. I left out the means, to keep others safe. Your words for help stand.
channel-not-everywhere = Your post in { $title } did not get to all the apps. You can send it again.

## Who may write

channel-closed = You can read { $title }, but not write there just now. Help is open to you at any time.
channel-resting = { $title } is on a short break for you. You can write again in a few minutes.
channel-other-lane = { $title } is for people in another spot than yours. Your words were not posted. I can help you find a place that fits.
channel-cool-off = Let's take { $minutes } minutes in { $title }, both of you. You can read along. This is no penalty, and nothing is written down.

## Newcomers

channel-door = Welcome to { $title }, whoever is new. Tap when you have read the rules above, then you can write.
channel-entered = You can write in { $title } now. I check each message there. On other apps people see you as { $alias }.
channel-hello = Hi. I look after { $title }, and I am a bot. If you like, I can find you one person to talk to. They would never see who you are.

## What was changed or taken away

channel-hide-graphic = Your post in { $title } shows hard things close up. I put it behind a tap, as { $alias }, so people can choose. You did nothing wrong.
channel-redact-pii = I took your post in { $title } down, since it had a contact or a name in it (rule 3). The rest is there again, as { $alias }. That keeps you safe.
channel-redact-newcomer_link = You are new in { $title }, so links wait for two weeks. I posted the rest as { $alias }.
channel-redact-method = I left the means out of your post in { $title }, to keep others safe. The rest is there as { $alias }. It was right to say it.
channel-redact-anonymous = In { $title } nobody shows who they are, so I posted your words there as { $alias }. Next time, tap Write.
channel-redact-other = I took a part out of your post in { $title }. The rest is there as { $alias }.
channel-taken-pii = I took your post in { $title } down. It looks like a contact (rule 3). You can write it without, or tell me I got it wrong.
channel-taken-newcomer_link = I took your link in { $title } down. You are new, so links wait for two weeks.
channel-taken-copies = I took your post in { $title } down. You wrote almost the same in other places. Once is enough here.
channel-taken-flood = That was a lot at once, so I took your last post in { $title } down. Wait a minute, then send it again.
channel-taken-sourcing_ask = I took your post in { $title } down. It reads like asking for drugs (rule 4). If you're sick or tempted right now, I can help with that part.
channel-taken-sourcing_offer = I took your post in { $title } down. It reads like an offer to sell or share drugs (rule 4). A moderator will look.
channel-taken-harassment = I took your post in { $title } down. It reads like an attack on a person (rule 1). You can say it in a kinder way, or tell me I got it wrong.
channel-taken-threat = I took your post in { $title } down. It reads like a threat, or like pushing someone to harm (rule 10). A moderator will look.
channel-taken-exploit = I took your post in { $title } down. It reads like asking for sex, money or clicks (rule 8). You can tell me I got it wrong.
channel-taken-other = I took your post in { $title } down. It does not fit the rules. You can write it another way, or tell me I got it wrong.
channel-unreadable = I took your post in { $title } down, since I can only check words, up to { $limit } letters. Photos and files could show who you are.
channel-removed-there = A moderator took your post in { $title } down. You can ask them why.

## For moderators

channel-alarm = Someone in { $title } may be in danger. Help was shown to them. There is a case if it is grave.
channel-alarm-there = I could not write to that person in private. I showed them help in { $title }, for their eyes only. It may not have reached them. Please look there.
channel-raid = Many people came into { $title } at once, so I closed it. I open it again in { $minutes } minutes.
channel-raid-over = { $title } is open again.

## Topics for a quiet channel

channel-prompt-1 = What made today a bit less bad?
channel-prompt-2 = What do you do when you can't sleep?
channel-prompt-3 = Best thing you ate this week?
channel-prompt-4 = What do people get wrong about you?
channel-prompt-5 = A song you would play for all of us right now?
channel-prompt-6 = What helps on a hard night, even a bit?
channel-prompt-7 = What is a good day for you, start to end?
channel-prompt-8 = One hard thing and one okay thing from today?
channel-locked = { $title } is closed for writing right now. A moderator will open it again.
