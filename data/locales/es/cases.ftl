## Hilos de casos, donde está el equipo

case-post-title = { $case } { $level }: { $kind }
case-post-head = { $level }: { $kind }
case-post-who = { $alias }, desde { $at }.
case-post-held = En pausa hasta { $until }.
case-post-held-open = En pausa hasta que alguien la levante.
case-post-watch = Volver a mirar: { $at }.
case-post-second = Una expulsión espera a una segunda persona.
case-post-new = Nadie lo tiene aún. Primera mirada antes de { $at }.
case-post-taken = Alguien lo tiene; cerrarlo antes de { $at }.
case-post-closed = Cerrado. Gracias.
case-post-withdrawn = Este caso lo llevan ahora quienes coordinan.
case-post-lost = Se volvió a borrar el hilo del caso { $case } ({ $alias }), así que no lo hago de nuevo. El caso sigue abierto: /mod case { $case } lo muestra.
case-level-p0 = P0, una vida en peligro
case-level-p1 = P1, peligro para otros
case-level-p2 = P2, en dos horas
case-level-p3 = P3, en doce horas
case-label-new = Nuevo
case-label-claimed = Tomado
case-label-waiting = En espera
case-label-muted = En pausa
case-label-closed = Cerrado
case-look = Ver lo compartido
case-hand-over = Pasar el caso
case-close = Cerrar
