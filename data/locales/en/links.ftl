# One person on several platforms, and invites.

command-link = Use one account on two apps
command-link-word = The code you got on the other app
command-unlink = Keep only the app you are on
link-how = Open me on your other app and send me the line below. It works once, for { $minutes } minutes. Give it to nobody: whoever sends it is you, for me.
link-sure = This joins this app to the one the code is from. Did you get the code there yourself, just now? If somebody sent it to you, say no: they could see who you are.
link-yes = It is my code
link-no = No
link-not = Okay. I did not join anything.
link-done = You are the same person here and there now. I write to you where you were last.
link-elsewhere = Another app was just joined to you with your code. If that was not you, type /unlink here.
link-gone = That code does not work. It may be used up, or too old. /link on your other app makes a new one.
link-self = That code is for your other app. You are you here already.
link-taken = You have a story of your own on this app, so I can't join the two. /forget here first, if you want to start over as the other.
unlink-done = Okay. I know you only here now.
unlink-none = I know you only here, so there is nothing to undo.
invite-welcome = { $label } sent you here. They can't see what you do or write here.
