# Círculos: de tres a seis personas.

command-circle = Unirse a un círculo pequeño
circle-want = Un círculo pequeño
circle-wished = Bien. Busco un círculo pequeño, de tres a seis personas afines a ti. Puede tardar unos días. También puedes buscar a una sola persona.
circle-unwish = Mejor sin círculo
circle-unwished = Bien. Sin círculo. Puedes pedirlo otra vez con /circle.
circle-answers-first = Primero van unas preguntas, para hallar gente afín a ti.
circle-offer = Puede haber un círculo pequeño para ti: { $count } personas en lugares como el tuyo. Serías { $mine }. Cada quien elige qué contar. ¿Quieres entrar?
circle-yes = Sí, me gustaría
circle-pass = Este no
circle-thanks = Gracias. Espero a los demás. Sabrás de mí en un día.
circle-passed = Bien. No le diré a nadie que dijiste que no.
circle-answered = Ya tengo tu respuesta. Espero a los demás.
circle-gone = Ya no se puede entrar a ese círculo.
circle-busy = Ahora tienes a alguien o una propuesta. Mejor de una en una.
circle-not-yet = Ese círculo no se armó esta vez. No es por ti. Sigo buscando.
circle-open = Tu círculo está abierto aquí. Contigo: { $names }. Te llamas { $mine }. Lo que escribas llega a todos. /goodbye, /report y /block sirven siempre.
circle-joined = { $alias } entró a tu círculo.
circle-left = { $alias } salió del círculo. Los demás siguen aquí.
circle-over = { $alias } salió y ya no queda nadie más en el círculo. ¿Quieres buscar a alguien?
circle-out = Ya no estás en ese círculo. Puedes buscar a una persona u otro círculo.
circle-block-ask = ¿A quién bloqueo? No volverán a verse aquí, y tú sales de este círculo. No se le dice por qué.
circle-block-done = Listo. No volverán a verse aquí. Saliste del círculo.
circle-report-whom = ¿De quién se trata?
