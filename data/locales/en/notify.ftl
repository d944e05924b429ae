# Being called back: on the web, a device says that something is waiting.
## Being called back

# The device is asked only once they tap the button.
notify-ask = Want me to tell you on this device when something is waiting? It says just that: no name, no words.
notify-tap = One more tap, please. Your browser wants to ask you itself.
notify-tell-me = Tell me
notify-later = Not now
notify-on = Okay. I'll tell you once when something waits, and not in your quiet hours. /notify off stops it.
notify-is-on = { $count ->
    [one] I tell you on one device when something is waiting. /notify off stops it.
   *[other] I tell you on { $count } devices when something is waiting. /notify off stops it.
}
notify-not-now = Okay. What is sent to you waits here. /notify on brings this up again.
notify-off = Okay. I won't call you on any device. What is sent to you waits here.
# $days is how long a note waits.
notify-cannot = This browser won't let me tell you. What is sent to you waits { $days ->
    [one] a day
   *[other] { $days } days
} here. Look in when you like. "Keep your place" in the menu brings you back from any browser.
notify-cannot-linked = This browser won't let me tell you. Your other app will: write to me there, and I answer there.
notify-elsewhere = The app you use here tells you by itself. Its own settings turn that on or off.
# On a locked screen, where others may see it: says nothing about what this is.
notify-call = Something is waiting for you
