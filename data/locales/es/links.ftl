# Una persona en varias aplicaciones, e invitaciones.

command-link = Usar una sola cuenta en dos aplicaciones
command-link-word = El código que te di en la otra aplicación
command-unlink = Quedarte solo con esta aplicación
link-how = Ábreme en tu otra aplicación y envíame la línea de abajo. Sirve una vez, durante { $minutes } minutos. No se la des a nadie: para mí, quien la envía eres tú.
link-sure = Esto une esta aplicación a la del código. ¿Recibiste tú el código ahí, ahora mismo? Si alguien te lo envió, di que no: podría ver quién eres.
link-yes = Es mi código
link-no = No
link-not = De acuerdo. No uní nada.
link-done = Ahora eres la misma persona aquí y allá. Te escribo donde estuviste por última vez.
link-elsewhere = Se acaba de unir otra aplicación a ti con tu código. Si no lo hiciste tú, escribe aquí /unlink.
link-gone = Ese código no sirve. Puede que ya se usara o que sea viejo. /link en tu otra aplicación hace uno nuevo.
link-self = Ese código es para tu otra aplicación. Aquí ya eres tú.
link-taken = En esta aplicación ya tienes tu propia historia, así que no puedo unir las dos. Usa /forget aquí primero si quieres empezar como en la otra.
unlink-done = De acuerdo. Ahora solo te conozco aquí.
unlink-none = Solo te conozco aquí, así que no hay nada que deshacer.
invite-welcome = Te invitó { $label }. No pueden ver lo que haces ni escribes aquí.
