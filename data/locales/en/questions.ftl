# Questions that the bot asked and that are answered by typing.

question-not-passed-on = I did not pass that on.
question-other-words = Say it in other words, or tap.
question-way-out = I can't tell which one you mean, so I kept it to myself. You can say: { $list }. Or say "cancel", and you can go on writing.
question-doubt = Did you mean "{ $choice }"?
question-doubt-which = Which one did you mean?
question-other = No, something else
question-once-more = Here is what I asked once more. Tap one, or say it in your words.
question-dropped = Okay, I let that go.

report-ask-again = You are telling me about your buddy, so I keep it between us. What comes closest?
circle-report-whom-again = I keep it between us. Whose name is it? You can type it.
report-after-again = I keep that between us. Should I end this chat, or leave it open?
checkin-unsafe-again = I keep that between us. Should I tell a moderator, or close this chat for good? Say "cancel" for neither.
block-ask-again = Before you write on: should I close this chat for good?
circle-block-ask-again = I keep it between us. Whose name is it? Or say no, and nobody is blocked.
forget-ask-again = Before you write on: should I erase you, give you a copy, or pause? Or say no, and all stays.
forget-sure-again = I ask once more, since it can't be undone. Erase it all: yes or no?
link-sure-again = Did you make that code yourself, just now? Yes or no.

quiet-cancel = Leave it as it is
quiet-kept = Okay. Your quiet hours stay as they are.
