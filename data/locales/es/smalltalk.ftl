# Lo que responde el bot cuando nadie preguntó nada: data/smalltalk.toml dice qué se oye como qué.

## Saludos y despedidas

small-hello = Hola de nuevo. Soy el bot. ¿Qué te ayudaría ahora?
small-bye = Cuídate. Estoy aquí a cualquier hora. Líneas de ayuda: /crisis.
small-thanks = De nada. Aquí estoy cuando quieras.
small-sorry = Está bien. No hay nada que perdonar.
small-ok = Bien. Aquí estoy. Puedes tocar una de estas cuando quieras.
small-how-are-you = Gracias por preguntar. Soy un bot, así que no tengo días. ¿Y tú? Puedes contarme, o busco a alguien con quien hablar.

## Quién está aquí

small-there = Aquí estoy. Soy un bot, y estoy a cualquier hora. También hay personas: puedo buscar a una que sepa cómo es esto.
small-real = Soy un bot. La persona que te busco es real: consume opioides, los consumía, o quiere a alguien que los consume.
small-bot = Sí, soy un bot. La persona que te busco es real.
small-who = Soy BuddyBot, un bot. Me cuidan personas a las que esto les importa, y el código es abierto. No soy médico ni línea de ayuda.
small-what = Hago unas preguntas cortas. Luego busco a una persona en un lugar como el tuyo. Las dos dicen sí o no, y entonces hablan aquí.

## ¿Puedo confiar?

small-legit = Es justo preguntar. Es gratis, el código es abierto y no hay anuncios. No soy policía, ni médico, ni línea de ayuda. Nadie ve tu cuenta.
small-privacy = La otra persona ve un apodo, no a ti. Paso los mensajes y no los guardo. Si denuncias algo, moderación ve lo que compartes. Si una vida puede estar en peligro, moderación ve esas palabras. /privacy lo cuenta todo.
small-cost = Es gratis. No hay nada que comprar, ni anuncios, ni papeles.
small-time = Las preguntas llevan unos minutos, y puedes saltar casi todas. Encontrar a alguien puede llevar un día o más. Te escribo en cuanto haya alguien.
small-doctor = No soy médico, así que no puedo tratar ni aconsejar. Puedo buscar a alguien que pasó por eso, y mostrarte líneas que saben de atención cerca de ti.
small-advise = Gracias por querer ayudar. Aquí todas las personas son iguales, así que nadie da consejos médicos. Puedes estar aquí tal como eres.

## Cómo va

small-sleep = Esas noches son largas. Yo estoy despierto. ¿Quieres hablar con alguien que quizá también lo esté, o contarme cómo vas?
small-scared = Siento que tengas miedo. Soy un bot, y me quedo. Si alguien puede estar en peligro, toca ayuda. Si no, cuéntame un poco, o busco a una persona.
small-lonely = Es un lugar duro, y qué bueno que escribiste. Solo soy un bot, pero puedo buscar a una persona que hable contigo.
small-hard = Suena duro. Gracias por contármelo. ¿Te ayudaría hablar con alguien que lo conoce?
# A un mal momento contado en lugar de una respuesta; luego va la pregunta, con un botón de ayuda.
small-heavy-asked = Suena duro. Gracias por contármelo. La ayuda está a un toque, y con esto no hay prisa.
# La segunda vez seguida.
small-heavy-again = Te escucho. Una persona puede ayudarte más que mis preguntas. Las líneas de ayuda están a un toque, a cualquier hora.
small-family = Es mucho para cargar. Puedo buscar a alguien que también quiere a una persona que consume. Una cosa para hoy: la naloxona en casa puede salvar una vida.
# Alguien cercano habla de morir.
small-kin-dying = Da mucho miedo oír eso. Puedes preguntar de frente: "¿Estás pensando en el suicidio?" Preguntar no hace daño. Quédate cerca y aleja pastillas y armas. Los números están a un toque, también para ti.
small-how-to-say = No hace falta saberlo. Basta una palabra, o toca una de estas.

## Lo que cuentan

small-name = En un momento te pregunto cómo llamarte. No uses tu nombre real, por favor. La otra persona solo ve un apodo.
small-name-home = Puedes cambiar cómo te llamo en tus respuestas. No uses tu nombre real, por favor.
small-yes-home = Aquí estoy. ¿Qué quieres hacer?
small-agree-home = Gracias. Esa parte ya está, así que no hay nada más que aceptar. ¿Qué te ayudaría ahora?

## Preguntas difíciles

# Preguntan cuánto pueden tomar o cómo bajar. Nunca un número.
small-dose = No puedo dar cantidades: un número equivocado podría matar. En una farmacia, con quien te receta o en la línea de envenenamientos sí pueden, gratis y en privado. ¿Estás a salvo ahora? Si no, toca ayuda.
# They ask about strips that test drugs.
small-strips = En los puntos de cambio de jeringas y en muchos centros de salud dan tiras, a menudo gratis. Una tira puede fallar: tener naloxona a la vista y a alguien contigo sigue importando. ¿Quieres ver quién puede ayudar?
# A strip showed fentanyl, or something else they did not expect.
small-strip-positive = Gracias por revisarlo. Así es más peligroso consumir a solas. Si consumes: mucho menos, despacio, con naloxona a la vista y alguien ahí o al teléfono. ¿Hay alguien contigo?
# Preguntan dónde comprar.
small-plug = Con eso no puedo ayudar, y pedirlo rompe la regla 4. Si te sientes mal o con ganas ahora, puedo buscar a alguien con quien hablar.
small-craving = Gracias por decirlo. Las ganas suelen venir como una ola, y pueden pasar. ¿Quieres hablar con alguien mientras pasan?
# Volvieron a consumir.
small-slipped = Gracias por contármelo. Aquí no hay problema por eso. Después de una pausa tu cuerpo puede aguantar mucho menos que antes: si consumes, procura no estar a solas y ten naloxona cerca. ¿Qué te ayudaría ahora?
# Dicen que están bajo el efecto.
small-high = Gracias por decirlo. ¿Hay alguien contigo? Si consumes más, procura no estar a solas y ten naloxona cerca. Si te sientes mal, toca ayuda.
# Perdieron a alguien.
small-grief = Lo siento mucho. Aquí no hay prisa. Puedo buscar a alguien que también perdió a alguien, o solo estar aquí.

## Hablar de la charla

small-angry = Tienes razón. Soy un bot y me equivoco. ¿Quieres contarle a una persona qué salió mal?
small-person = Soy un bot, así que lo entiendo. En moderación hay personas. Para alguien con formación ahora mismo, toca ayuda.
small-nothing = Está bien. Puedes solo mirar. Aquí estoy.

small-language = Sí, hablo español. ¿Seguimos en español?

## Cuando no hay respuesta

small-still = Sigo aquí. Quizá no tenga más sobre eso, pero una persona sí. Toca una de estas, o dilo de otra forma.
small-buttons = No lo estoy entendiendo, y es cosa mía. Usemos botones un rato.
small-choice-now = Hablar con alguien ahora
small-choice-privacy = Quién ve qué
