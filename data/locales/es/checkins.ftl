# Cómo va con alguien: tres toques, el día 3 y el día 14.

checkin-felt_heard = Tres toques, solo para mí. ¿Sientes que { $alias } te escucha?
checkin-safe = ¿Te sientes a salvo al hablar con { $alias }?
checkin-keep_going = ¿Quieres seguir con { $alias }?
checkin-yes = Sí
checkin-some = Un poco
checkin-no = No
checkin-thanks = Gracias. Nadie más lo ve. Me ayuda a formar mejores pares.
checkin-part = Está bien. Puedo terminarlo con cariño por ti, o esperas a ver.
checkin-goodbye = Terminar con cariño
checkin-unsafe = Gracias por decirlo. No tienes que quedarte. Puedo avisar a moderación, o cerrar esta charla para siempre. No sabrá que fuiste tú.
checkin-report = Avisar a moderación
checkin-block = Cerrar para siempre
