# Being called back: on the web, a device says that something is waiting.
## Que te avise

# Se pregunta al dispositivo solo cuando tocan el botón.
notify-ask = ¿Quieres que te avise en este dispositivo cuando algo te espere? Dirá solo eso: ni nombres ni palabras.
notify-tap = Un toque más, por favor. Tu navegador quiere preguntarte a ti.
notify-tell-me = Avísame
notify-later = Ahora no
notify-on = Bien. Te aviso una vez cuando algo espere, y no en tus horas de silencio. /notify off lo apaga.
notify-is-on = { $count ->
    [one] Te aviso en un dispositivo cuando algo espera. /notify off lo apaga.
   *[other] Te aviso en { $count } dispositivos cuando algo espera. /notify off lo apaga.
}
notify-not-now = Bien. Lo que te envíen espera aquí. Con /notify on te pregunto otra vez.
notify-off = Bien. No te aviso en ningún dispositivo. Lo que te envíen espera aquí.
# $days es cuánto espera un mensaje.
notify-cannot = Este navegador no me deja avisarte. Lo que te envíen espera aquí { $days ->
    [one] un día
   *[other] { $days } días
}. Entra cuando quieras. "Guardar tu lugar", en el menú, te trae de vuelta desde cualquier navegador.
notify-cannot-linked = Este navegador no me deja avisarte. Tu otra app sí: escríbeme allí, y allí te respondo.
notify-elsewhere = La app que usas aquí avisa por sí misma. En sus ajustes se enciende o se apaga.
# En una pantalla bloqueada, donde otros pueden verlo: no dice qué es esto.
notify-call = Algo te espera
