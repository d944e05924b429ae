# The library of what helped: members share a short story, others find it.

command-wisdom = What helped others, and what helped you
command-wisdom-topic = A topic such as sleep, "share", or "mine"

## Sharing

wisdom-share = Share what helped me
wisdom-ask = What is one thing that helped you? Please write { $longest } characters at most, and leave out names, places and doses. A moderator reads it first. It shows no name.
wisdom-cancel = Cancel
wisdom-cancelled = Okay. I sent nothing and kept nothing.
wisdom-not-kept = I did not keep that as a story. You matter more right now.
wisdom-length = A story here has { $shortest } to { $longest } characters. I kept nothing of this one. You can write it again.
wisdom-contact = There may be a number, a name to find someone by, or a link in it. To keep you safe I kept nothing. You can write it again without that.
wisdom-rules = There is something in it that our rules keep out, such as a dose or a way to get drugs. I kept nothing. You can write it again without that.
# Where the next try can't stand as it is either.
wisdom-again = It can't stand here like that yet, and I kept nothing. { $shortest } to { $longest } characters fit, with no number, no link and no dose. Or leave it for now.
wisdom-waits = A story of yours still waits for a moderator. When it is read, you can share one more.
# Below it stand the member's words.
wisdom-sure = Here it is once more. It is sent when you choose. If you erase yourself one day with /forget, should it go too?
wisdom-leaves = Share it, it goes when I go
wisdom-stays = Share it, it may stay
wisdom-kept = Thank you. A moderator reads it first, without your name. I'll tell you when others can find it.
wisdom-withdraw = Take my story back
wisdom-withdrawn = Done. Your story is gone from here.
wisdom-gone = That story is not here any more.
wisdom-approved = Your story can be found now, without your name. You can take it back any time.
wisdom-declined = Thank you for your story. It does not fit in the library as it is, and nothing of it is kept. It's not about you. You can share another one with /wisdom share.
wisdom-none-yours = You have not shared a story. You can, any time.
# Heads above one's own stories.
wisdom-state-waiting = Waits for a moderator
wisdom-state-shown = Others can find it
wisdom-state-reported = A moderator looks at it again

## Finding

wisdom-which = What would you like to read about? Each story is one person's own.
wisdom-empty = There are no stories yet. Yours could be the first.
wisdom-nothing = I found no story about that. Here are the topics.
wisdom-end = That was the last story about that for now.
wisdom-topics = All topics
# Head of a story.
wisdom-story = One person's story. What helps one may not help you, and that's okay.
wisdom-another = Another
wisdom-report = Report this story
wisdom-reported = Thank you. Nobody sees that story until a moderator has looked at it.
wisdom-topic-sleep = Sleep
wisdom-topic-cravings = Cravings
wisdom-topic-first-days = First days
wisdom-topic-slip = After a slip
wisdom-topic-medicine = Medicine
wisdom-topic-family = Family
wisdom-topic-grief = Grief
wisdom-topic-work = Work
wisdom-topic-lonely = Feeling alone
wisdom-topic-worry = Worry
wisdom-topic-pain = Pain

## For moderators

command-review = Read stories that wait for the library
command-approve = Put a story into the library
command-approve-story = Code of the story
command-approve-topics = Topics, if others fit better
command-decline = Drop a story, kindly
command-decline-story = Code of the story
mod-story-new = A new story waits for you to read.
mod-story-look = Read the next story
mod-story-none = No story waits.
# Above a story. $code stands for it in commands, $list names all topics.
mod-story = Stories that wait: { $count }. This one is { $code }, topics: { $topics }. Is it about what helped the writer, with no dose, no contact, nothing that tells who they are? To choose topics: /casework approve { $code } and some of: { $list }.
mod-story-reported = Stories that wait: { $count }. A member reported this one, { $code }, topics: { $topics }. Nobody sees it now. To choose topics: /casework approve { $code } and some of: { $list }.
mod-story-claim = It says something about medicine. The card with the source is shown below it.
mod-story-approve = Let members find it
mod-story-decline = Drop it kindly
mod-story-approved = Members can find it now, under: { $list }.
mod-story-declined = Dropped. The writer hears it kindly, with no reason.
mod-story-untagged = It needs a topic: /casework approve { $code } and some of: { $list }.
mod-story-gone = That story does not wait any more. /casework review shows the next one.
mod-story-own = That story is your own. Someone else reads it.
