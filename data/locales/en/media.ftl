# Photos and voice notes between two buddies, where the house lets them cross and both said yes.

# To the one who sent the first. Nothing was passed on yet.
media-ask = Would you like to share photos or voice notes with { $alias }? I can pass them on if you both say yes. Until then I keep them back. I take out where and when a photo was made. But a face, a voice or a view from a window can still show who you are.
# To the other one.
media-asks = { $alias } would like to share photos or voice notes with you. Is that okay? They stay hidden until you tap them. Both ways are fine, and you can stop it any time.
media-yes = Yes, that's okay
media-no = Just words
media-off = Stop photos and voice
media-asked = Okay. I'm asking { $alias } too. You'll hear from me.
media-asked-already = I asked { $alias }. Until they say yes, it's just words.
media-on = You both said yes, so photos and voice notes can go between you and { $alias } now. They stay hidden until tapped. I don't keep them. /photos off stops it, any time.
media-words-only = It's just words between you and { $alias }. You can go on writing as before.
media-is-off = Okay. It's just words between you and { $alias }. /photos on brings photos back, if you both want that.
media-status = Photos and voice notes are on here, because you both said yes.
media-not-here = Here I can only pass on words.

## What the other one sees

media-photo = A photo. Tap it to see it.
media-voice = A voice note. Tap it to hear it.
media-instead-photo = I have a photo for you that I can't show here.
media-instead-voice = I have a voice note for you that I can't play here.

## Why one was not passed on

media-trouble-broken = I couldn't read that file, so I didn't pass it on. Photos can be JPEG, PNG or WebP.
media-trouble-sound = I can't pass on that kind of recording. A voice note made in Telegram or Discord can go through.
media-trouble-large = That file is too big for me. A smaller one can go through.
media-trouble-long = That voice note is longer than five minutes. A shorter one can go through.
media-trouble-busy = I have many files to look at right now, so I didn't pass yours on. Please send it again in a minute.
media-trouble-missing = Your file didn't reach me whole, so I didn't pass it on. Please send it again.
media-trouble-off = It's just words in this talk now, so I didn't pass your file on.
media-trouble-full = Some of your files still wait to be seen, so I didn't pass this one on. Please send it later.
media-whom = I don't know who that file is for, so I kept it back. Send it as a reply to something they wrote.
media-without-words = Your words didn't go out, so I kept the file back too. Please send it again by itself.
media-edit = I can't change a photo or voice note once it has gone. Write the words as a new message.
