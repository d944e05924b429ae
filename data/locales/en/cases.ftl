## Threads of cases, where the team is

case-post-title = { $case } { $level }: { $kind }
case-post-head = { $level }: { $kind }
case-post-who = { $alias }, since { $at }.
case-post-held = Held back until { $until }.
case-post-held-open = Held back until somebody lifts it.
case-post-watch = Look in again: { $at }.
case-post-second = A removal waits for a second person.
case-post-new = Nobody has it yet. First look by { $at }.
case-post-taken = Somebody has it, to be closed by { $at }.
case-post-closed = Closed. Thank you.
case-post-withdrawn = This case is with the leads now.
case-post-lost = The thread of case { $case } ({ $alias }) was deleted again, so it stays away. The case is open: /mod case { $case } shows it.
case-level-p0 = P0, a life in danger
case-level-p1 = P1, danger to others
case-level-p2 = P2, within two hours
case-level-p3 = P3, within twelve hours
case-label-new = New
case-label-claimed = Taken
case-label-waiting = Waiting
case-label-muted = Held back
case-label-closed = Closed
case-look = Show what was shared
case-hand-over = Hand over
case-close = Close
