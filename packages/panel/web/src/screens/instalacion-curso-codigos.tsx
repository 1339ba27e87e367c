import type { CursoSugerido } from '../../../src/api.ts';
import { cuantos } from '../format.ts';
import { Campo } from '../parts/campo.tsx';
import type { CambioDeBorrador } from './instalacion-cambio.ts';
import type { Borrador, Faltas } from './instalacion-codigos.ts';

/** A course's codes to be looked over, each with where it was found. */
export function CodigosDeCurso({
  curso,
  borrador,
  faltas,
  marcarFaltas,
  onCambio,
}: {
  curso: CursoSugerido;
  borrador: Borrador;
  faltas: Faltas;
  marcarFaltas: boolean;
  onCambio: CambioDeBorrador;
}) {
  const cambiar = (change: (antes: Borrador) => Partial<Borrador>) =>
    onCambio([curso.curso], (antes) => ({ ...antes, ...change(antes) }));
  const solo = curso.grupos.length === 1;
  return (
    <div className="codigos">
      <CampoCodigo
        etiqueta="Código de la oferta"
        sugerido={curso.codigoOferta}
        valor={borrador.codigoOferta}
        falta={faltas.oferta}
        marcar={marcarFaltas}
        onValor={(codigoOferta) => cambiar(() => ({ codigoOferta }))}
      />
      {curso.grupos.map((grupo, index) => (
        <CampoCodigo
          key={grupo.grupo ?? ''}
          etiqueta={solo || grupo.grupo === null ? 'Código del grupo' : `Código del grupo «${grupo.grupo}»`}
          sugerido={grupo}
          valor={borrador.grupos[index] ?? ''}
          falta={faltas.grupo}
          marcar={marcarFaltas}
          vacio={`Sin código, sus ${cuantos(grupo.alumnos, 'alumno')} no se informan.`}
          onValor={(codigo) => cambiar(({ grupos }) => ({ grupos: grupos.with(index, codigo) }))}
        />
      ))}
      {curso.modulos.map((modulo, index) => (
        <CampoCodigo
          key={modulo.seccion.id}
          etiqueta={`Código de «${modulo.seccion.nombre}»`}
          sugerido={modulo}
          valor={borrador.modulos[index] ?? ''}
          falta={faltas.modulo}
          marcar={marcarFaltas}
          vacio="Sin código, no se informa como módulo."
          onValor={(codigo) => cambiar(({ modulos }) => ({ modulos: modulos.with(index, codigo) }))}
        />
      ))}
      {DIAS.map(({ campo, sin, etiqueta }) =>
        curso[sin] ? (
          <Campo
            key={campo}
            etiqueta={etiqueta}
            type="date"
            value={borrador[campo]}
            aria-required
            aria-invalid={marcarFaltas && faltas[campo]}
            onChange={({ currentTarget: { value } }) => cambiar(() => ({ [campo]: value }))}
            ayuda={
              faltas[campo] ? (
                <span className="espera">Falta: su plataforma no la dice. Cópiela de SIC.</span>
              ) : (
                'Escrita por usted. Quien tenga una propia en su plataforma va con ella.'
              )
            }
          />
        ) : null,
      )}
    </div>
  );
}

const DIAS = [
  { campo: 'inicio', sin: 'sinInicio', etiqueta: 'Primer día del curso' },
  { campo: 'fin', sin: 'sinFin', etiqueta: 'Último día del curso' },
] as const;

function CampoCodigo({
  etiqueta,
  sugerido: { codigo, de },
  valor,
  falta,
  marcar,
  vacio,
  onValor,
}: {
  etiqueta: string;
  sugerido: { codigo: string | null; de: string };
  valor: string;
  falta: boolean;
  marcar: boolean;
  /** What follows from leaving it empty, where that may be. */
  vacio?: string;
  onValor: (valor: string) => void;
}) {
  const escrito = valor.trim();
  return (
    <Campo
      etiqueta={etiqueta}
      value={valor}
      autoComplete="off"
      spellCheck={false}
      maxLength={300}
      aria-required={vacio === undefined}
      aria-invalid={marcar && falta}
      onChange={(event) => onValor(event.currentTarget.value)}
      ayuda={
        falta ? (
          <span className="espera">Falta: cópielo de SIC, Mantenedores → Cursos</span>
        ) : escrito === '' ? (
          codigo === null ? (
            vacio
          ) : (
            `${vacio} Se encontró ${codigo} en: ${de}`
          )
        ) : escrito === codigo ? (
          `Encontrado en: ${de}`
        ) : (
          'Escrito por usted'
        )
      }
    />
  );
}
