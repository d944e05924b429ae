# Cómo va con alguien: tres toques, el día 3 y el día 14.

checkin-felt_heard = Tres toques, solo para mí. ¿Sientes que { $alias } te escucha?
# Lo mismo para quien perdió a alguien, más despacio.
checkin-felt_heard-bereaved = Tres toques, cuando quieras, solo para mí. ¿Sientes que { $alias } te escucha?
checkin-safe = ¿Te sientes a salvo al hablar con { $alias }?
checkin-keep_going = ¿Quieres seguir con { $alias }?
checkin-yes = Sí
checkin-some = Un poco
checkin-no = No
checkin-thanks = Gracias. Nadie más lo ve. Me ayuda a formar mejores pares.
checkin-part = Está bien. Puedo terminarlo con cariño por ti, o esperas a ver.
checkin-goodbye = Terminar con cariño
checkin-unsafe = Gracias por decirlo. No tienes que quedarte. Puse esta charla en pausa por un día. Puedo avisar a moderación, o cerrarla para siempre. No sabrá que fuiste tú.
checkin-report = Avisar a moderación
checkin-block = Cerrar para siempre

## Día 1: un toque

going-ask = ¿Cómo va con { $alias }? Esto solo lo veo yo.
# Lo mismo para quien perdió a alguien, más despacio.
going-ask-bereaved = Esto no tiene prisa. ¿Cómo va con { $alias }? Solo lo veo yo.
going-good = Bien
going-okay = Más o menos
going-unsure = No lo sé
going-bad = Nada bien
going-thanks = Gracias. Aquí estoy si eso cambia.
going-why = Gracias por decirlo. ¿Qué pasa?
going-slow = Muy lento
going-much = Demasiado
going-kind = No es mi tipo de persona
going-unsafe = No me sentí a salvo
going-after-slow = Puede ser la vida, no tú. Una pequeña pregunta puede ayudar: /opener. O lo termino con cariño.
going-after-much = Puedes pedir menos, y lo digo con cariño: /less. O lo termino con cariño.
going-after-kind = Pasa, y no es culpa de nadie. Puedo terminarlo con cariño, y conoces a otra persona.
