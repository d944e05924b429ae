# Preguntas que hizo el bot y que se contestan escribiendo.

question-not-passed-on = Eso no lo pasé.
question-other-words = Dilo con otras palabras, o toca.
question-way-out = No sé cuál quieres decir, así que me lo guardé. Puedes decir: { $list }. O di «cancelar», y puedes seguir escribiendo.
question-doubt = ¿Quisiste decir «{ $choice }»?
question-doubt-which = ¿Cuál quisiste decir?
question-other = No, otra cosa
question-once-more = Esto es lo que pregunté. Toca una respuesta, o dilo con tus palabras.
question-dropped = Está bien, lo dejo.

report-ask-again = Me estás contando algo de tu compañero, así que queda entre nosotros. ¿Qué se le parece más?
circle-report-whom-again = Queda entre nosotros. ¿Qué nombre es? Puedes escribirlo.
report-after-again = Queda entre nosotros. ¿Termino este chat, o lo dejo abierto?
checkin-unsafe-again = Queda entre nosotros. ¿Aviso a moderación, o cierro este chat para siempre? Di "cancelar" si no quieres nada de eso.
block-ask-again = Antes de seguir: ¿cierro este chat para siempre?
circle-block-ask-again = Queda entre nosotros. ¿Qué nombre es? O di que no, y no se bloquea a nadie.
forget-ask-again = Antes de seguir: ¿te borro, te doy una copia o hago una pausa? O di que no, y todo queda.
forget-sure-again = Pregunto otra vez, porque no se puede deshacer. ¿Lo borro todo, sí o no?
link-sure-again = ¿Hiciste tú ese código, ahora mismo? Sí o no.

quiet-cancel = Dejarlo como está
quiet-kept = Está bien. Tus horas de silencio quedan como están.
