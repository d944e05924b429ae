# What only one platform needs. Names of menus have narrow limits there (32 and 45 letters on Discord).

discord-report = Report message
discord-see-dm = I wrote to you in our private chat.
discord-only-in-dm = That works in our private chat only.
discord-see-below = Only you see what follows.
discord-cases-topic = For the team: a post for each case. What it says follows the case, and its buttons are the commands. Words of members are shown to whoever opens them, to them alone.
may-be-a-repeat = (may be a repeat)
telegram-taken-back = A note was taken back.
# Beside the nickname in the name of a topic whose talk is over: "Clear Robin (ended)".
telegram-topic-ended = ended
telegram-only-you = Only you can see this. What you type in the group, everyone reads. So tap here, or write to me in our own chat.
telegram-open-chat = Open our own chat
telegram-description = I help people who use opioids, used to, or love someone who does, find one person to talk with. Free, and nobody sees your account.
telegram-short-description = Find one person to talk with. Free and private by design.
discord-here = Here, day and night
discord-back-soon = Back soon. I read what you wrote meanwhile.
discord-blocked = This was held back by the server's own filter: no sales, no contacts. I read it too, and write to you if you need me.
