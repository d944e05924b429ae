# Lo que necesita una sola plataforma. Los nombres de los menús tienen límites estrechos (32 y 45 letras en Discord).

discord-report = Reportar mensaje
discord-see-dm = Te escribí en nuestro chat privado.
discord-only-in-dm = Eso funciona solo en nuestro chat privado.
discord-see-below = Lo que sigue solo lo ves tú.
discord-cases-topic = Para el equipo: una publicación por caso. Lo que dice sigue al caso, y sus botones son los comandos. Las palabras de las personas se muestran solo a quien las abre.
may-be-a-repeat = (puede estar repetido)
telegram-taken-back = Se retiró un mensaje.
# Beside the nickname in the name of a topic whose talk is over: "Clear Robin (ended)".
telegram-topic-ended = terminó
telegram-only-you = Esto solo lo ves tú. Lo que escribas en el grupo lo leen todos. Así que toca aquí, o escríbeme en nuestro propio chat.
telegram-open-chat = Abrir nuestro propio chat
telegram-description = Si consumes opioides, los consumías o quieres a alguien que los consume, te ayudo a encontrar una persona con quien hablar. Es gratis, y nadie ve tu cuenta.
telegram-short-description = Encuentra una persona con quien hablar. Gratis y hecho para ser privado.
discord-here = Aquí, de día y de noche
discord-back-soon = Vuelvo pronto. Leo lo que escriban mientras tanto.
discord-blocked = El filtro del servidor lo retuvo: sin ventas ni contactos. Yo también lo leo, y te escribo si me necesitas.
