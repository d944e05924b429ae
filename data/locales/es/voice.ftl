### La charla de moderación con la persona de un caso, a través del bot, y el deseo de tener una.

## Lo que lee la persona

voice-author = Moderación
voice-hello = Alguien de moderación está aquí y te escribe a través de mí. Es una persona, no personal médico, y no puede ver tu cuenta. { $room ->
    [yes] Para contestar, responde a su mensaje o toca el botón. Lo que solo escribas sigue yendo a tu compañía.
   *[no] Lo que escribas aquí también le llega.
} Lo que se digan queda bajo llave y se borra a los 3 días. Puedes cerrarlo cuando quieras.
voice-answer = Contestar a moderación
voice-end = Cerrar esta charla
voice-cancel = Ahora no
voice-ask = Adelante. Tu próximo mensaje va a moderación y a nadie más.
voice-not-asked = Está bien. No se envió nada.
voice-passed = Se lo pasé a moderación.
voice-alone = Si necesitas a alguien ahora: { crisis-line }, o en peligro llama al { crisis-number }. Lo guardé para moderación. Ahora mismo no hay nadie que lo lea.
voice-ended = Está bien, la charla está cerrada. Moderación no volverá a escribir si no lo pides. La ayuda está siempre: /crisis.
voice-over = Esta charla con moderación terminó. Puedes pedir otra cuando quieras, y la ayuda está siempre: /crisis.
voice-buddy = También hay alguien de moderación. No tienes que cargar con esto a solas.

## El deseo de hablar con moderación

moderator-talk = Hablar con moderación
moderator-called = Llamé a alguien de moderación. Es una persona, no personal médico. { $room ->
    [yes] Cuando te escriba, responde a su mensaje.
   *[no] Lo que escribas aquí ahora le llega.
} Si una vida corre peligro, llama primero al { crisis-number }.
moderator-off = Si necesitas a alguien ahora: { crisis-line }, o en peligro llama al { crisis-number }. Ahora no hay nadie de moderación. Te guardé un lugar, y lo verá quien llegue primero. { $room ->
    [yes] Cuando te escriba, responde a su mensaje.
   *[no] Lo que escribas aquí le espera.
}
moderator-none = Si necesitas a alguien ahora: { crisis-line }, o en peligro llama al { crisis-number }. Aquí todavía no hay moderación.

## Frases que moderación puede enviar tal cual

voice-danger-1 = Hola. Soy de moderación, y soy una persona. Estoy aquí contigo.
voice-danger-2 = ¿Estás a solas ahora mismo?
voice-danger-3 = ¿Puedes ir junto a otra persona, o llamar? Yo sigo aquí.
voice-hard-1 = Hola. Soy de moderación, y soy una persona. Tengo tiempo para ti.
voice-hard-2 = ¿Quieres contarme qué está pasando?
voice-hard-3 = ¿Hay alguien que pueda estar contigo esta noche?
voice-matter-1 = Hola. Soy de moderación. Me gustaría oír tu parte.
voice-matter-2 = ¿Quieres contarme qué pasó, con tus palabras?
voice-matter-3 = Tómate tu tiempo. Puedes cerrar esta charla cuando quieras.

## Lo que lee moderación

command-say = Escribir a la persona de un caso P0 o P1, como "Moderación"
command-say-case = Código del caso
command-say-text = Tus palabras, o 1, 2 o 3 para una frase; déjalo vacío para verlas
command-second = Ser la segunda silla de un P0 o P1: leer, escribir, tomar el caso
command-second-case = Código del caso
page-asked = { $alias } pide hablar con moderación (caso { $case }). ¿Quién tiene tiempo?
mod-said = Se lo pasé a { $alias }, caso { $case }.
mod-say-what =
    ¿Qué le quieres decir a { $alias }, caso { $case }? Toca una, o escribe /mod say { $case } y tus palabras.
    { $list }
mod-say-write = Escribirle
mod-say-how = Escribe /mod say { $case } y tus palabras, o responde a lo que escribió.
mod-say-contact = Eso lleva un número, un enlace o una dirección, así que no lo envié. Las líneas de ayuda sí pueden ir. Dilo con otras palabras (caso { $case }).
mod-say-not-here = El caso { $case } no es un P0 o P1 abierto. Solo ahí puede moderación escribirle a alguien.
mod-say-ended = Cerró la charla del caso { $case }. Puedes escribir otra vez cuando pida moderación, o pasado un día.
mod-answered = { $alias } te escribe, caso { $case }:
mod-said-by-other = La otra persona de moderación le escribió a { $alias }, caso { $case }:
mod-ended = { $alias } cerró la charla del caso { $case }. Es su derecho, y no dice nada malo de ti.
mod-second = Estás en la segunda silla del caso { $case } ({ $alias }). Te llega lo que se dice, puedes escribir, y /mod claim { $case } toma el caso.
mod-second-there = Alguien está en la segunda silla de tu caso { $case } ({ $alias }). No estás a solas con él.
mod-taken-over = La segunda silla tomó el caso { $case } ({ $alias }). Puedes seguir leyendo. Descansa si puedes.
mod-talk = Lo que se ha dicho:
