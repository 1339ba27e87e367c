export function Barra({ hecho, total, texto }: { hecho: number; total: number; texto: string }) {
  return (
    <div
      className="barra"
      role="progressbar"
      aria-label={texto}
      aria-valuenow={hecho}
      aria-valuemin={0}
      aria-valuemax={total}
    >
      <div className="barra-llena" style={{ width: `${total === 0 ? 0 : (100 * hecho) / total}%` }} />
    </div>
  );
}
