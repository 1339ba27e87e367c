import { Campo } from '../parts/campo.tsx';

/** Where a token is copied from, said wherever one is asked for. */
export function CampoToken({
  guardado = false,
  required = false,
}: {
  guardado?: boolean;
  required?: boolean;
}) {
  return (
    <Campo
      etiqueta="Token"
      name="token"
      type="password"
      autoComplete="off"
      spellCheck={false}
      maxLength={2000}
      required={required}
      ayuda={
        <>
          {guardado && 'Ya hay uno guardado: déjelo vacío para seguir con ese. '}
          Cópielo de{' '}
          <a href="https://sistemas.sence.cl/rts" target="_blank" rel="noreferrer">
            sistemas.sence.cl/rts<span className="solo-lector"> (se abre aparte)</span>
          </a>
          , donde SENCE se lo entrega a su OTEC. Se guarda cifrado y nadie puede volver a verlo.
        </>
      }
    />
  );
}

/** Only for rehearsals: where SENCE's own address is replaced by another. */
export function CampoGestor({ gestor, onChange }: { gestor: string; onChange?: (text: string) => void }) {
  return (
    <Campo
      etiqueta="Dirección del Gestor Intermedio"
      name="gestor"
      type="url"
      defaultValue={gestor}
      onChange={(event) => onChange?.(event.currentTarget.value)}
      maxLength={300}
      ayuda="La oficial de SENCE es https://auladigital.sence.cl/gestor/API. Con otra, nada llega a SENCE."
    />
  );
}
