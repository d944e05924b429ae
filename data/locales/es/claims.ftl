# Lo que el bot muestra junto a una afirmación médica. La frase de lo que se sabe viene de data/claims.toml.

# card. $known son una o dos frases, $source dice quién lo afirma, $checked es un día como 2026-11-23.
claim-card =
    Algo sobre lo que se acaba de decir. { $known }
    Para tu caso, pregunta en una farmacia o a quien te receta.
    Fuente: { $source }. Revisado: { $checked }.
