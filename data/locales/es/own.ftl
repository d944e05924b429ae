# Los propios registros de una persona: los pone ella misma, nadie más los ve.

## Cada cuánto y cuándo

own-often = Puedo preguntarte cómo va tu día. Solo tú ves lo que tocas. ¿Cada cuánto?
# $often es una de las opciones de abajo, $time una hora como 18:00.
own-often-now = Te pregunto cómo va tu día: { $often }, a las { $time }. Solo tú ves lo que tocas. ¿Lo cambiamos?
# Opciones de cada cuánto; también van dentro de otras frases.
own-often-daily = Cada día
own-often-some = Algunos días
own-often-weekly = Una vez por semana
own-hour = ¿A qué hora de tu día? Para otra hora, escríbela con el comando: /checkin cada dia 19:30.
# Opciones de la hora.
own-hour-morning = Mañana, 8:00
own-hour-midday = Mediodía, 12:00
own-hour-evening = Tarde, 18:00
own-hour-late = Noche, 21:00
own-not-now = Ahora no
own-fine = Está bien. /checkin está ahí cuando quieras.
own-set = Te preguntaré: { $often }, a las { $time }. Nunca en tus horas de silencio. Puedes saltarlo o pararlo con un toque.
own-stopped = Ya no pregunto. Lo que tocaste sigue siendo tuyo. Con /checkin empiezo otra vez.

## El día

# $name es su apodo, o "none".
own-mood = { $name ->
    [none] Tu momento.
   *[other] Tu momento, { $name }.
} ¿Cómo va hoy?
# En los tres días después de una crisis, o de volver a consumir.
own-mood-gently = { $name ->
    [none] Solo paso a ver.
   *[other] Solo paso a ver, { $name }.
} No hace falta contestar. ¿Cómo va hoy?
# Opciones del ánimo.
own-mood-okay = Bien
own-mood-meh = Regular
own-mood-hard = Difícil
own-mood-awful = Muy difícil
own-skip = Saltar
own-stop = No preguntes más
# Se pregunta si lo escrito puede ser dos de las opciones, como «hoy no».
own-which = Quiero entenderte bien, y cualquier respuesta vale. ¿Cuál quisiste decir?
own-skipped = Vale, lo saltamos.
own-noted = Eso ya lo tengo.
# Después de [Difícil] o [Muy difícil].
own-ease = Siento que sea difícil. ¿Hay algo que lo haría un poco más fácil?
# Opciones de qué ayudaría.
own-ease-company = Compañía
own-ease-distraction = Distraerme
own-ease-quiet = Silencio
own-craving = ¿Ganas de consumir hoy?
# Opciones de las ganas.
own-craving-none = Nada
own-craving-some = Algo
own-craving-strong = Muchas
own-safe = ¿Te sientes a salvo ahora?
# Opciones de estar a salvo.
own-safe-yes = Sí
own-safe-no = No
own-thanks = Gracias. Eso es todo. Nadie más lo ve.
own-thanks-heavy = Gracias por decírmelo. Ve con calma hoy. /now busca a alguien para hablar, /crisis muestra líneas de ayuda.
own-company = No tienes que estar solo con esto. Si tienes un compañero, basta una palabra. O pregunto si alguien puede hablar ahora.
own-someone = Hablar con alguien ahora
own-quiet = Silencio, entonces. Una cosa más y te dejo en paz.
# Algo pequeño que hacer; se elige una al azar.
own-distraction-1 = Mira a tu alrededor y busca cinco cosas azules. Sin prisa.
own-distraction-2 = Sostén algo frío un momento, o deja correr agua fría por tus manos.
own-distraction-3 = Pon una canción que te sepas de memoria y escúchala hasta el final.
own-distraction-4 = Sal dos minutos, si puedes. Mira a lo lejos.
own-distraction-5 = Di una ciudad con cada letra, desde la A. Mira hasta dónde llegas.

## Las semanas

weeks-none = Todavía no hay nada que dibujar, y está bien. /checkin te pregunta cómo va tu día, cuando quieras.
weeks-title = Tus últimas { $weeks } semanas, solo para ti.
# Una línea por semana; $day es su lunes, $list algo como "Bien 3, Difícil 1".
weeks-week = - Semana del { $day }: { $list }
weeks-key = En el dibujo, cada fila es una semana, desde el lunes. Cuanto más lleno un día, más ligero fue para ti.
