import { useState } from 'react';
import { numero, rutDe } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { Campo } from '../parts/campo.tsx';
import { Dialogo } from '../parts/dialogo.tsx';
import { Motivos } from '../parts/motivos.tsx';
import type { Arreglos } from './arreglos.tsx';
import { type Grupo, loAnterior } from './problemas.ts';

const MOTIVOS = [
  'Se agregaron actividades al módulo',
  'Se reinició o se rehízo en la plataforma lo que ya estaba completo',
  'SENCE indicó mantenerlo',
  'Otro motivo',
] as const;

/**
 * A figure that the data denies is reported to the State: to whom and of what is listed, and why is asked. It ends by
 * itself.
 */
export function Mantener({
  grupo,
  arreglos,
  onClose,
}: {
  grupo: Grupo;
  arreglos: Arreglos;
  onClose: () => void;
}) {
  const decir = useDecir();
  const [motivo, setMotivo] = useState<string | null>(null);
  const cifra = loAnterior(grupo);
  const [first] = grupo.errores;
  const de = grupo.errores.length === 1 && first?.nombre ? ` de ${first.nombre}` : '';
  return (
    <Dialogo titulo={`Seguir informando ${cifra}${de}`} onClose={onClose}>
      <form
        className="columna"
        onSubmit={(event) => {
          event.preventDefault();
          const linea = String(new FormData(event.currentTarget).get('linea')).trim();
          const nuevas = grupo.errores.map(({ rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo }) => ({
            ...{ rutOtec, codigoOferta, codigoGrupo, rut, codigoModulo },
            ...{ tipo: 'mantener' as const, motivo: [motivo, linea].filter(Boolean).join('. ') },
          }));
          arreglos.decidir(nuevas, grupo.errores, `Se sigue informando ${cifra}. Sale esta noche.`);
          onClose();
        }}
      >
        <p>
          {decir(
            'Se le informará a SENCE una cifra que su planilla no dice. Queda con el nombre de usted y este motivo.',
          )}
        </p>
        <ul className="columna chico">
          {grupo.errores.map(({ id, nombre, rut, codigoModulo, bajada }) => (
            <li key={id}>
              <strong>{nombre ?? (rut === null ? '' : rutDe(rut))}</strong> · módulo {codigoModulo}
              {bajada !== null &&
                decir(`: SENCE tiene ${numero(bajada.de)} %, su planilla dice ${numero(bajada.a)} %`)}
            </li>
          ))}
        </ul>
        <Motivos
          motivos={MOTIVOS.map((texto) => ({ texto: decir(texto) }))}
          elegido={motivo}
          onElegir={setMotivo}
        />
        <Campo
          etiqueta="Explíquelo en una línea"
          name="linea"
          maxLength={300}
          required={motivo === 'Otro motivo'}
          ayuda="Termina solo: cuando la planilla llegue a esa cifra, o el curso termine. Vale para estas personas y estos módulos."
        />
        <div className="acciones">
          <button type="button" onClick={onClose}>
            Cancelar
          </button>
          <button type="submit" className="principal" disabled={motivo === null}>
            Seguir informando {cifra}
          </button>
        </div>
      </form>
    </Dialogo>
  );
}
