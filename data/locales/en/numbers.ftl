# The page of numbers that a programme, such as a clinic, gets. Readers are its staff. A measure's title stands over its
# chart, the line below says of whom it is, and the words of an answer stand beside its bar.

## The head of the page

# Title of the page. $name is who invites people.
numbers-title = { $name }: report
# One quarter, such as 2027-Q1, and its first and last day.
numbers-span = { $quarter } ({ $first } to { $last })
numbers-made = Written on { $day }.
numbers-whose = These people came by an invite of yours and said yes to being counted. Nobody here knows who they are, and this page can't tell.
# Head of the column with the quarters.
numbers-quarter = quarter
# In place of a number.
numbers-hidden = not shown

## The measures: a title, of whom it is, and the words of each answer

numbers-people = People who are counted
numbers-people-about = Those who said yes, in each quarter.
numbers-counted = counted
numbers-weeks = Weeks in which they wrote to somebody
numbers-weeks-about = A quarter has 13 weeks.
numbers-weeks-few = 0 to 3 weeks
numbers-weeks-some = 4 to 8 weeks
numbers-weeks-many = 9 or more weeks
numbers-pairs = Pairs that lasted 14 days
numbers-pairs-about = Of those who met a buddy 14 days or more before the quarter's end.
numbers-pairs-lasted = 14 days or longer
numbers-pairs-ended = ended sooner
# The question as members read it, on day 3 and 14.
numbers-heard = Do you feel heard?
numbers-heard-about = Of those who tapped an answer, on day 3 or 14 with a buddy. Their last one counts.
numbers-heard-yes = yes
numbers-heard-no = a little, or no
# The question as members read it, on day 3 and 14.
numbers-safe = Does it feel safe?
numbers-safe-about = Of those who tapped an answer, on day 3 or 14 with a buddy. Their last one counts.
numbers-safe-yes = yes
numbers-safe-no = not quite, or no

## How to read the numbers

numbers-how = How to read these numbers
# card
# $most is how far chance may move a number, $step what it is rounded to.
numbers-chance =
    Each number was moved a bit by chance (most by no more than { $most } up or down) and rounded to { $step }, once and for good. The same quarter always says the same.
    So the numbers of one table need not add up. And { $most } more or less from one quarter to the next means nothing.
# $smallest is how many people a number is of at least, $least what must be left of it after chance.
numbers-small = A number is not shown when it is of fewer than { $smallest } people, or below { $least } with its chance. Nor is one that the others would give away.
# card
# What the numbers can't say.
numbers-felt =
    What people tapped says how they felt with a peer. It does not measure treatment.
    And those who said yes to being counted may not be like those who did not.
