# La biblioteca de lo que ayudó: quien quiere comparte una historia corta, otras personas la encuentran.

command-wisdom = Lo que ayudó a otras personas, y lo que te ayudó
command-wisdom-topic = Un tema como sueño, "compartir" o "mias"

## Compartir

wisdom-share = Compartir lo que me ayudó
wisdom-ask = ¿Qué es una cosa que te ayudó? Escribe { $longest } letras como mucho, sin nombres, lugares ni dosis. Antes lo lee alguien que modera. No lleva nombre.
wisdom-cancel = Cancelar
wisdom-cancelled = Bien. No envié ni guardé nada.
wisdom-not-kept = No guardé eso como historia. Ahora importas más tú.
wisdom-length = Una historia aquí tiene de { $shortest } a { $longest } letras. No guardé nada de esta. Puedes escribirla otra vez.
wisdom-contact = Quizá lleva un número, un nombre para encontrar a alguien o un enlace. Para cuidarte no guardé nada. Puedes escribirla otra vez sin eso.
wisdom-rules = Lleva algo que nuestras reglas dejan fuera, como una dosis o una forma de conseguir drogas. No guardé nada. Puedes escribirla otra vez sin eso.
# Cuando el siguiente intento tampoco puede quedarse así.
wisdom-again = Así todavía no puede estar aquí, y no guardé nada. Caben de { $shortest } a { $longest } letras, sin números, enlaces ni dosis. O déjalo por ahora.
wisdom-waits = Una historia tuya aún espera a quien modera. Cuando esté leída, puedes compartir otra.
# Debajo van las palabras de quien escribe.
wisdom-sure = Aquí está otra vez. Se envía cuando eliges. Si un día te borras con /forget, ¿se va también?
wisdom-leaves = Compartirla, se va conmigo
wisdom-stays = Compartirla, puede quedarse
wisdom-kept = Gracias. Antes la lee alguien que modera, sin tu nombre. Te aviso cuando se pueda encontrar.
wisdom-withdraw = Retirar mi historia
wisdom-withdrawn = Hecho. Tu historia ya no está aquí.
wisdom-gone = Esa historia ya no está aquí.
wisdom-approved = Tu historia ya se puede encontrar, sin tu nombre. Puedes retirarla cuando quieras.
wisdom-declined = Gracias por tu historia. Así no encaja en la biblioteca, y no se guarda nada de ella. No es por ti. Puedes compartir otra con /wisdom share.
wisdom-none-yours = No has compartido ninguna historia. Puedes hacerlo cuando quieras.
# Encima de las historias propias.
wisdom-state-waiting = Espera a quien modera
wisdom-state-shown = Se puede encontrar
wisdom-state-reported = Alguien que modera la mira otra vez

## Encontrar

wisdom-which = ¿Sobre qué quieres leer? Cada historia es de una sola persona.
wisdom-empty = Aún no hay historias. La tuya puede ser la primera.
wisdom-nothing = No encontré ninguna historia sobre eso. Aquí están los temas.
wisdom-end = Por ahora era la última historia sobre eso.
wisdom-topics = Todos los temas
# Encima de una historia.
wisdom-story = La historia de una persona. Lo que ayuda a una quizá no te ayude a ti, y está bien.
wisdom-another = Otra
wisdom-report = Reportar esta historia
wisdom-reported = Gracias. Nadie ve esa historia hasta que la mire alguien que modera.
wisdom-topic-sleep = Sueño
wisdom-topic-cravings = Ganas de consumir
wisdom-topic-first-days = Primeros días
wisdom-topic-slip = Después de volver a consumir
wisdom-topic-medicine = Medicina
wisdom-topic-family = Familia
wisdom-topic-grief = Duelo
wisdom-topic-work = Trabajo
wisdom-topic-lonely = Soledad
wisdom-topic-worry = Ansiedad
wisdom-topic-pain = Dolor

## Para quienes moderan

command-review = Leer historias que esperan para la biblioteca
command-approve = Poner una historia en la biblioteca
command-approve-story = Código de la historia
command-approve-topics = Temas, si otros encajan mejor
command-decline = Descartar una historia con amabilidad
command-decline-story = Código de la historia
mod-story-new = Una historia para la biblioteca espera a quien modera.
mod-story-look = Leer la siguiente historia
mod-story-none = No espera ninguna historia.
# Encima de una historia. $code la nombra en los comandos, $list nombra todos los temas.
mod-story = Historias que esperan: { $count }. Esta es { $code }, temas: { $topics }. ¿Cuenta lo que ayudó a quien escribe, sin dosis, sin contacto, sin nada que diga quién es? Para elegir temas: /casework approve { $code } y algunos de: { $list }.
mod-story-reported = Historias que esperan: { $count }. Alguien reportó esta, { $code }, temas: { $topics }. Nadie la ve ahora. Para elegir temas: /casework approve { $code } y algunos de: { $list }.
mod-story-claim = Dice algo de medicina. Debajo se muestra la tarjeta con la fuente.
mod-story-approve = Dejar que se encuentre
mod-story-decline = Descartarla con amabilidad
mod-story-approved = Ya se puede encontrar, en: { $list }.
mod-story-declined = Descartada. Quien la escribió lo sabe con amabilidad, sin razón.
mod-story-untagged = Le falta un tema: /casework approve { $code } y algunos de: { $list }.
mod-story-gone = Esa historia ya no espera. /casework review muestra la siguiente.
mod-story-own = Esa historia es tuya. La lee otra persona.
