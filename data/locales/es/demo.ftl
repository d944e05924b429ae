### Lo que dicen los compañeros de práctica de `buddybot demo`. Cada frase dice que habla un programa.

practice-hello = Bot de práctica: hola. Soy un programa que hace de compañero, para que puedas probar. ¿Qué clase de día es hoy?
practice-real = Bot de práctica: no, no soy una persona. En la casa real habría una persona aquí, y nunca un bot.
practice-how = Bot de práctica: soy un programa, así que siempre igual. Una persona diría "bien, con algo de sueño". ¿Y tú?
practice-sleep = Bot de práctica: las noches pueden ser largas. ¿Qué haces cuando no puedes dormir?
practice-craving = Bot de práctica: suena difícil. ¿Qué te ayudó antes en una hora así, aunque fuera un poco?
practice-slip = Bot de práctica: gracias por decirlo. Una persona de verdad no te tendría en menos. ¿Estás bien ahora?
practice-medicine = Bot de práctica: una persona te contaría cómo le fue, y dejaría las dosis a quien receta. ¿Cómo fue tu primer mes?
practice-family = Bot de práctica: es mucho peso. ¿Qué pequeña cosa hiciste por ti esta semana?
practice-loss = Bot de práctica: lo siento. En este camino, tu compañero también perdió a alguien. ¿Te gustaría decir cómo era?
practice-lonely = Bot de práctica: te oigo. /now pregunta a quienes están despiertos. Aquí solo nos encontraría a los programas.
practice-work = Bot de práctica: el trabajo puede comerse el día. ¿Cuál es su mejor hora?
practice-music = Bot de práctica: ¿qué canción me pondrías ahora mismo?
practice-pets = Bot de práctica: me gustaría saber de ellos. ¿Cómo se llaman?
practice-food = Bot de práctica: ¿qué fue lo mejor que comiste esta semana?
practice-thanks = Bot de práctica: de nada. Prueba a cambiar ese mensaje, o a retirarlo, y mira qué recibo.
practice-bye = Bot de práctica: cuídate. Prueba /goodbye para ver cómo una charla puede terminar con cariño.
practice-else-1 = Bot de práctica: recibí tu mensaje. Una persona respondería con sus palabras. ¿Qué hizo el día menos malo?
practice-else-2 = Bot de práctica: cuéntame más. También puedes responder a una de mis notas, o reaccionar a ella.
practice-else-3 = Bot de práctica: entiendo. ¿Cambiamos una cosa difícil por una que estuvo bien?
practice-else-4 = Bot de práctica: estoy contigo. ¿Cómo sería un buen día para ti, de principio a fin?
practice-low = Bot de práctica: no puedo más, ya no quiero vivir así.
practice-unkind = Bot de práctica, para que pruebes /report: la gente como tú no cambia nunca.

# Ejemplos de la biblioteca, para que no esté vacía en la demostración.
practice-story-sleep = Un ejemplo, escrito para esta demostración: puse una lámpara y un libro aburrido junto a la cama. Si no dormía, leía dos páginas y no luchaba. Casi siempre bastaba.
practice-story-craving = Un ejemplo, escrito para esta demostración: antes de hacer nada, le escribía a una persona. Mientras esperaba diez minutos la respuesta, pasaba lo peor.
practice-story-family = Un ejemplo, escrito para esta demostración: dejé de preguntarle a mi hijo cada día y le pregunté una vez por semana. Los dos dormimos mejor, y él empezó a contarme cosas.
practice-story-loss = Un ejemplo, escrito para esta demostración: los domingos cocino la sopa que le gustaba. Llorar junto a una olla se siente menos solo que llorar en la cama.
