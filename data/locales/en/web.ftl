# The web chat's page. Plain text only; a sentence in %percent signs% is filled in by the page.
# Keep it short, calm and kind; grade 6; no emoji except in web-reactions and web-reactions-more.

## The frame

# Reading direction of this language: ltr or rtl.
web-direction = ltr
# Shown in the browser's tab and history, where other people may see it: says nothing about what this is.
web-title = Notes
# The tab's title while unread notes wait. %count% is a number.
web-title-unread = (%count%) Notes
web-name = BuddyBot
web-skip = Skip to writing
web-welcome-title = You don't have to carry it alone.
web-welcome = Talk with one person who faces what you face. You get a nickname. They never see who you are.
web-welcome-free = Free
web-welcome-account = No account
web-welcome-peer = A person, not a doctor
web-no-script = This chat needs JavaScript, and it is off here. Turn it on for this page, or use another browser.
# Shown when the page can't reach anybody: numbers that hold whatever the country.
web-help-lines = If a life may be in danger, call now: 911 in the US and Canada, 112 in Europe, 999 in the UK. To talk with someone in the US or Canada, call or text 988.

## Buttons of the header

web-help-now = Get help now
web-leave = Leave quickly
# Read out by screen readers after the button's name.
web-leave-hint = Clears this page and goes to a blank one. You can also press Escape twice.

## The conversation

web-log = Your conversation
web-notes = Notes
web-bot = BuddyBot
web-you = You
web-crisis = Help
web-new-messages = New notes below
web-hidden = Tap to show
web-confirm = Done
# %count% and %limit% are numbers.
web-chosen = %count% of %limit% picked
web-retracted = This note was taken back.
web-edited = edited
web-photo = A photo
web-voice = A voice note
web-show-photo = Show the photo
web-show-voice = Play the voice note
web-add-photo = Add photo
web-record-voice = Record voice
web-no-voice = This browser records voice in a way I can't pass on. Words and photos can go through.
web-stop-voice = Stop and send
web-file-gone = This is no longer in this tab.
web-file-broken = I couldn't read that file.
web-file-large = That file is too big for me.
web-save-document = Save %name%

## An offer, and a card of questions

web-offer-title = Someone who may fit you
web-offer-them = them
web-offer-you = you
web-offer-why = Why you two
web-wait-next = What happens next
web-wait-long = How long
web-wait-house = Who looks after this place
# Read out: how many of the questions are answered.
web-progress = How far you are

## Which conversation is open

web-rooms = Your talks
web-room-circle = Your circle
web-room-moderator = Moderator
web-room-about-bot = A bot, here for you
# %mine% is the nickname the person has in this talk.
web-room-about-buddy = Your buddy. You are %mine%.
web-room-about-talk = Here for up to an hour. You are %mine%.
web-room-about-moderator = A person, not a doctor
# %names% are the nicknames of the others in a circle.
web-room-with = With %names%
web-room-over = This talk is over
# Read out after the name of a talk. %count% is a number.
web-room-unread = %count% new
# %name% is whom the talk is with.
web-room-heard = Something new from %name%
web-room-look = Look

## What became of a note

web-sending = On its way to the bot
web-not-sent = Not sent
web-mark-passed-on = Passed on
web-mark-waiting = Waiting
web-mark-not-sent = Not passed on

## Things to do with a note

web-actions = More for this note
web-reply = Reply
web-report = Report this
web-react = React
web-edit = Change
web-unsend = Take back
# %emoji% is one emoji.
web-reaction-from = They reacted with %emoji%
# Five or so emoji, with spaces between.
web-reactions = ❤️ 👍 🙏 🫂 😊
web-reactions-more = 💙 💚 🤝 💪 🌱 🌻 ☀️ 🌙 ⭐ 🕯️ ☕ 🐾 🎵 😂 🙂 😌 😔 😢 😮 🤔
web-react-more = More reactions
web-replying = Answering: %text%
web-editing = Changing your note
web-close = Close

## Writing

web-write = Write a note
# %name% is whom the words go to.
web-write-to = Write to %name%
web-write-circle = Write to your circle
web-send = Send
web-save = Save
web-menu = Menu
# The first row of the menu: what can be done at this moment. The last: all that can be done at all, folded.
web-menu-now = What I can do right now
web-menu-all = Everything else
# %limit% and %count% are numbers.
web-too-long = That note is too long to pass on in one go. Please make it shorter than 4000 letters. Your words are still here.
web-draft-kept = That did not go through. Your words are still here.

## Connection

web-offline = The connection is gone. I keep trying. What you write or tap is kept, and goes out when it is back.
# Shown once somebody wrote something meanwhile; web-help-lines follows.
web-offline-unread = The connection is gone, so nobody has read this yet.
web-back-online = Connected again.
web-elsewhere = This chat is open in newer tabs, so this one stopped.
web-use-here = Use this tab
web-cookies = This page needs one cookie to know you again. Please allow cookies for it, then reload.
# The browser's cookie is gone or somebody else's; web-help-lines follows.
web-unsent-yours = This browser no longer knows you, so that note went to nobody. Your words are still here.
web-slow = That was a lot at once. It goes on in a moment, nothing is lost.
# The server takes nothing in just now and says no more; web-help-lines follows.
web-refused = I can't take anything in just now. What you write is kept here, and goes on as soon as I can.
web-odd = The page sent something I can't read. Please reload it.
web-missing = There is nothing at this address.
# For the person who runs the bot, mostly.
web-host = This chat does not answer at this address. If you run it: set public_url for the web chat to the address people use.
web-stale = This page is out of date. Please reload it.

## Menu

web-group-buddy = You and your buddy
web-group-me = You
web-group-other = About this place
web-theme = Light or dark
web-keep = Keep your place
web-back = Come back with your words
web-sign-out = Sign out of this browser
web-go = Go

## Keep your place

web-keep-title = Keep your place
web-keep-text = These nine words are the only way back in from another phone or browser. Anyone who has them can read your new notes. Write them down where only you look.
web-keep-show = Show my words
web-copy = Copy
web-copied = Copied
web-back-title = Come back
web-back-text = Type your nine words. The chat in this browser now is put away.
web-back-label = Your nine words
web-back-go = Come back
web-phrase-wrong = Those don't look like nine words from here. Check each one, then try again.
web-sign-out-title = Sign out of this browser
web-sign-out-text = This browser will no longer know you. Only your nine words can bring you back. Did you write them down?
web-sign-out-go = Sign out

## The button on a page of the operator's

web-button-open = Talk with somebody
web-button-close = Close
# What a screen reader calls the chat inside a page.
web-button-frame = Chat

## Without a network, and as an installed app

web-offline-title = There is no connection right now.
web-offline-text = What was sent to you waits. Numbers work by phone, without the internet.
web-offline-danger = If a life may be in danger, call now:
web-offline-911 = United States, Canada, Mexico
web-offline-112 = Europe, and most mobile phones anywhere
web-offline-999 = United Kingdom, Ireland
web-offline-988 = United States, Canada: to talk with someone
web-offline-again = Try again
web-push-cannot = This browser doesn't allow it.
