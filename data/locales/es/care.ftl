# Lo que ayuda a que dos personas sigan hablando: el acuerdo, las primeras palabras, los silencios.

## El acuerdo

deal-pace = Un pequeño acuerdo, para no tener que adivinar. Tus respuestas solo las veo yo. ¿Cada cuánto te gustaría escribir con { $alias }?
deal-pace-many = Muchas veces al día
deal-pace-daily = Una vez al día, más o menos
deal-pace-few = Algunas veces por semana
deal-pace-weekly = Una vez por semana, más o menos
deal-pace-loose = Cuando se pueda
deal-skip = Saltar
deal-hours = ¿Cuándo te viene bien hablar?
deal-hours-mornings = Por la mañana
deal-hours-days = Durante el día
deal-hours-evenings = Por la tarde
deal-hours-nights = Tarde en la noche
deal-hours-any = A cualquier hora
deal-limits = ¿Hay algo que prefieras dejar fuera aquí?
deal-limits-more = Queda fuera por ahora: { $list }. ¿Algo más?
deal-limits-using = Historias de consumo
# La misma opción para quien quiere a alguien que consume, y para quien perdió a alguien.
deal-limits-using-family = Historias de drogas
deal-limits-using-bereaved = Cómo murió
deal-limits-faith = Fe
deal-limits-family = Familia
deal-limits-medicine = Medicina
deal-none = Nada
deal-clear = No dejar nada fuera
deal-done = Eso es todo
deal-check = Y si un día te quedas en silencio, ¿qué hago?
deal-check-soon = Pregúntame tras 2 días
deal-check-later = Pregúntame tras 4 días
deal-check-week = Pregúntame tras una semana
deal-check-leave = Déjame en paz
deal-thanks = Gracias. Lo tengo en cuenta. Con /deal lo cambias cuando quieras.
deal-shared = Es bueno saberlo. Los dos dijeron:
deal-line = - { $choice }
deal-without = - dejar fuera: { $choice }
deal-end = Con /deal se cambia cuando quieran.
deal-differ = Gracias a los dos. Algunas cosas las prefieren a su manera, y está bien. No hace falta ir rápido. Con /deal se cambia cuando quieran.

## Primeras palabras

opener-ask = Las primeras palabras son las más difíciles. ¿Quieres una ayuda?
opener-show = Sí
opener-own = Ya tengo
opener-own-words = Bien. Solo escribe, y se lo paso a { $alias }.
opener-pick = Toca una, y la envío como palabras tuyas.
opener-another = Otras
opener-stop = No más
opener-sent = Se lo pasé: "{ $words }"
opener-held = Se lo paso cuando le venga bien: "{ $words }"
opener-stopped = De acuerdo. Aquí no te ofrezco más. Con /opener vuelven.
opener-none = Eso era todo lo que tengo para ustedes. Tus propias palabras son las mejores. { $alias } lee lo que escribes.

## Silencio, con cariño: a quien calla

silence-ask = { $alias } escribió hace { $days ->
    [one] un día
   *[other] { $days } días
}. Sin presión. ¿Quieres enviar una señal breve?
silence-busy = Estoy bien, con mucho lío
silence-break = Necesito una pausa
silence-stop = Quiero dejarlo
silence-tomorrow = Recuérdamelo mañana
silence-busy-done = Le dije a { $alias } que estás bien y con mucho lío. No hace falta escribir hasta que quieras.
silence-tomorrow-done = De acuerdo. Mañana pregunto una vez más.
silence-over = Todo está bien: han escrito desde entonces. Solo escribe, y se lo paso a { $alias }.
silence-ended = Dejo que { $alias } conozca a alguien más, para que no se quede esperando. No es culpa de nadie. Aquí siempre tienes lugar.
silence-person = Hablar con una persona

## Silencio, con cariño: a quien espera

silence-busy-other = Una señal de { $alias }: está bien, solo con mucho lío. Escribirá cuando pueda.
silence-break-other = { $alias } necesita una pausa de unos días. Es por descanso, no por ti.
silence-told = { $alias } lleva un tiempo en silencio. Casi siempre es la vida, no tú. ¿Qué te gustaría?
# Lo mismo para quien perdió a alguien: ahí el silencio pesa más.
silence-told-bereaved = { $alias } está en silencio. Después de una pérdida, el silencio puede pesar. Casi siempre es la vida, no tú. ¿Qué te gustaría?
silence-wait = Esperar 3 días más
silence-new = Buscar a alguien más
silence-door = Buscar a alguien más y dejar la puerta abierta
silence-wait-done = De acuerdo. Te pregunto otra vez en { $days } días, si sigue el silencio.
silence-new-done = De acuerdo. Cerré esta charla con cariño. { $alias } sabrá que no es culpa de nadie.
silence-door-done = De acuerdo. Si { $alias } vuelve y tienes lugar, les pregunto a los dos. Hasta entonces busco a alguien más.

## Dos que aún no empezaron

silence-lull = Hay silencio por aquí. Está bien. ¿Quieren una pregunta para los dos?
silence-both = Sí
silence-not-now = Ahora no
silence-no-more = No preguntes más
silence-fine = De acuerdo. No hay prisa.
silence-question = Una pregunta para los dos: "{ $words }"

## Volver

return-back = Ya volví
return-pause = Ponme en pausa
return-welcome = Qué bueno verte. No se perdió nada. ¿Quieres a alguien nuevo o descansar un rato?
# Lo mismo para quien perdió a alguien.
return-welcome-bereaved = Qué bien que estés aquí. Tu sitio te esperaba. ¿Quieres conocer a otra persona o descansar un rato?
return-again = Preguntar a quien ya conozco
return-asked = Le pregunto a { $alias }. Si ya siguió su camino, no es por ti. Te aviso cuando diga que sí.
return-ask = { $alias } volvió. Dejaste la puerta abierta. ¿Quieres hablar otra vez?
return-yes = Sí
return-not-now = Ahora no
return-not-now-done = De acuerdo. No pregunto más. No sabrá nada de esto.
return-gone = Esa puerta ya se cerró, y no es culpa de nadie. Puedes conocer a alguien más cuando quieras.
return-retry = Quiero intentarlo otra vez
looking-rests = Algunas charlas quedaron en silencio. Pasa, y no hay nada malo en ti. Dejé de buscar por ahora, para que descanses. Un toque y busco otra vez.
room-again = { $alias } y tú quieren hablar otra vez. Tu charla está abierta aquí. Solo escribe.

## Necesitar menos

less-done = De acuerdo. El ritmo aquí es ahora: { $pace }. Le digo a { $alias } con cariño que no es por su culpa.
less-other = A { $alias } le gusta esta charla y necesita un ritmo más lento por ahora: { $pace }. No es por ti.
less-slowest = Esta charla ya tiene el ritmo más lento. Con /pause descansas de todo.
