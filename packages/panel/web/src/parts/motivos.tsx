/** Why something is decided: one of a few, none chosen beforehand. */
export function Motivos({
  motivos,
  elegido,
  onElegir,
}: {
  /** `ayuda`: what follows from it. */
  motivos: readonly { texto: string; ayuda?: string }[];
  elegido: string | null;
  onElegir: (texto: string) => void;
}) {
  return (
    <fieldset>
      <legend>¿Por qué?</legend>
      <div className="separadas">
        {motivos.map(({ texto, ayuda }) => (
          <label key={texto} className="casilla">
            <input type="radio" name="motivo" checked={elegido === texto} onChange={() => onElegir(texto)} />
            <span>
              {texto}
              {ayuda !== undefined && <span className="suave chico"> {ayuda}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
