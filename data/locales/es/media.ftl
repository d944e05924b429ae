# Fotos y notas de voz entre dos compañeros, donde la casa las deja pasar y ambas personas dijeron que sí.

# A quien envió la primera. Todavía no se pasó nada.
media-ask = ¿Quieres compartir fotos o notas de voz con { $alias }? Puedo pasarlas si las dos personas dicen que sí. Hasta entonces no las envío. Quito dónde y cuándo se hizo una foto. Pero una cara, una voz o lo que se ve por una ventana aún puede mostrar quién eres.
# A la otra persona.
media-asks = { $alias } quiere compartir fotos o notas de voz contigo. ¿Te parece bien? Quedan ocultas hasta que las tocas. Las dos respuestas valen, y puedes pararlo cuando quieras.
media-yes = Sí, está bien
media-no = Solo palabras
media-off = Parar fotos y voz
media-asked = Vale. Le pregunto también a { $alias }. Te aviso.
media-asked-already = Ya le pregunté a { $alias }. Hasta que diga que sí, solo palabras.
media-on = Las dos personas dijeron que sí, así que ya pueden pasar fotos y notas de voz entre tú y { $alias }. Quedan ocultas hasta que se tocan. Yo no las guardo. /photos off lo para, cuando quieras.
media-words-only = Entre tú y { $alias } son solo palabras. Pueden seguir escribiendo como antes.
media-is-off = Vale. Entre tú y { $alias } son solo palabras. /photos on trae de vuelta las fotos, si las dos personas quieren.
media-status = Aquí pueden pasar fotos y notas de voz, porque las dos personas dijeron que sí.
media-not-here = Aquí solo puedo pasar palabras.

## Lo que ve la otra persona

media-photo = Una foto. Tócala para verla.
media-voice = Una nota de voz. Tócala para oírla.
media-instead-photo = Tengo una foto para ti que no puedo mostrar aquí.
media-instead-voice = Tengo una nota de voz para ti que no puedo reproducir aquí.

## Por qué no se pasó

media-trouble-broken = No pude leer ese archivo, así que no lo pasé. Las fotos pueden ser JPEG, PNG o WebP.
media-trouble-sound = No puedo pasar ese tipo de grabación. Una nota de voz hecha en Telegram o Discord sí puede pasar.
media-trouble-large = Ese archivo es demasiado grande para mí. Uno más pequeño sí puede pasar.
media-trouble-long = Esa nota de voz dura más de cinco minutos. Una más corta sí puede pasar.
media-trouble-busy = Ahora tengo muchos archivos que mirar, así que no pasé el tuyo. Envíalo otra vez en un minuto.
media-trouble-missing = Tu archivo no me llegó entero, así que no lo pasé. Envíalo otra vez.
media-trouble-off = En esta charla ahora son solo palabras, así que no pasé tu archivo.
media-trouble-full = Algunos de tus archivos aún no se han visto, así que no pasé este. Envíalo más tarde.
media-whom = No sé para quién es ese archivo, así que no lo envié. Envíalo como respuesta a algo que te escribió.
media-without-words = Tus palabras no salieron, así que tampoco envié el archivo. Envíalo otra vez solo.
media-edit = No puedo cambiar una foto o nota de voz que ya salió. Escribe las palabras en un mensaje nuevo.
