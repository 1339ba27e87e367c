import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import type { ErrorAbierto } from '../../../src/api.ts';
import { erroresQuery, hoyQuery, inciertosQuery } from '../consultas.ts';
import { bajarExcel } from '../excel.ts';
import { cuantos, fechaDe, numero } from '../format.ts';
import { useDecir } from '../gestor.ts';
import { useDeLaOtec, useOtec } from '../otec.tsx';
import { BajarExcel } from '../parts/bajar-excel.tsx';
import { Consulta, Falla, Vacio } from '../parts/estado.tsx';
import { Icono } from '../parts/icono.tsx';
import { SoltarPlanilla } from '../parts/soltar.tsx';
import { Titulo } from '../parts/titulo.tsx';
import { usePuedeEnviar } from '../sesion.ts';
import type { Vista } from '../vistas.ts';
import { useArreglos } from './arreglos.tsx';
import { Averiguando } from './corregir-averiguando.tsx';
import { Conocidos, conocidosDe } from './corregir-conocidos.tsx';
import { GrupoDeProblemas } from './corregir-grupo.tsx';
import { POR_CORREGIR } from './excel-columnas.ts';
import { gruposDe, personasDe, porCurso } from './problemas.ts';

const route = getRouteApi('/por-corregir');

/** Everybody of whom SENCE did not take something, and what a person can do about it, until it is well. */
export function PorCorregir() {
  const errores = useQuery(erroresQuery);
  return <Consulta de={errores}>{(data) => <Bandeja todos={data.errores} />}</Consulta>;
}

function Bandeja({ todos }: { todos: ErrorAbierto[] }) {
  const { curso, codigo, ver = 'corregir', por } = route.useSearch();
  const decir = useDecir();
  const puede = usePuedeEnviar();
  const arreglos = useArreglos();
  const propios = useDeLaOtec(todos);
  const abiertos = propios.filter(({ conocido }) => conocido === null);
  const vistos = abiertos.filter(
    (error) =>
      (curso === undefined || claveDe(error) === curso) && (codigo === undefined || error.codigo === codigo),
  );
  const inciertos = useDeLaOtec(useQuery(inciertosQuery).data?.envios ?? NADA);
  const conocidos = conocidosDe(propios, arreglos.abiertas);
  const { rutOtec, todas } = useOtec();
  const otec = (todas.find((one) => one.rutOtec === rutOtec) ?? todas[0])?.nombre ?? '';
  const personas = personasDe(abiertos);
  const cursos = new Set(abiertos.map(claveDe)).size;
  return (
    <>
      <Titulo
        ventana="Por corregir"
        texto={
          personas === 0
            ? 'No hay nadie por corregir.'
            : decir(`${cuantos(personas, 'alumno')} con algo pendiente en SENCE`)
        }
        acciones={
          <>
            {vistos.length > 0 && (
              <BajarExcel
                bajar={() =>
                  bajarExcel({
                    ...{ de: 'Por corregir', otec, hoy: fechaDe(new Date().toISOString()), cuenta: null },
                    ...{ columnas: POR_CORREGIR, filas: vistos },
                  })
                }
              />
            )}
            <button type="button" className="icono" aria-label="Imprimir" onClick={() => window.print()}>
              <Icono de={Printer} />
            </button>
          </>
        }
      >
        {personas > 0 && (
          <>En {cuantos(cursos, 'curso')}. Cuando el dato está bien, el alumno sale solo de esta lista.</>
        )}
      </Titulo>
      <SoltarPlanilla titulo="Suelte aquí la planilla corregida, o en cualquier parte de la página">
        Reemplaza a la anterior del mismo curso, aunque tenga otro nombre. Antes de enviar verá qué cambia.
      </SoltarPlanilla>
      <Filtro
        cuentas={{ corregir: personas, averiguando: inciertos.length, conocidos: conocidos.length }}
        errores={abiertos}
      />
      {arreglos.falla && <Falla error={arreglos.falla} />}
      {arreglos.marcha}
      {ver === 'averiguando' && <Averiguando envios={inciertos} />}
      {ver === 'conocidos' && <Conocidos conocidos={conocidos} arreglos={arreglos} />}
      {ver === 'corregir' &&
        (vistos.length > 0 ? (
          por === 'curso' ? (
            porCurso(vistos).map(({ clave, titulo, errores }) => (
              <section key={clave} className="por-curso" aria-label={titulo}>
                <h2>
                  {titulo} <span className="suave">{cuantos(personasDe(errores), 'alumno')}</span>
                </h2>
                {gruposDe(errores).map((grupo) => (
                  <GrupoDeProblemas key={grupo.clave} grupo={grupo} arreglos={arreglos} nivel="h3" />
                ))}
              </section>
            ))
          ) : (
            gruposDe(vistos).map((grupo) => (
              <GrupoDeProblemas key={grupo.clave} grupo={grupo} arreglos={arreglos} />
            ))
          )
        ) : abiertos.length > 0 ? (
          <Vacio titulo="Con este filtro no queda nadie.">
            <p>
              <QuitarFiltro />
            </p>
          </Vacio>
        ) : (
          <Nadie conocidos={conocidos.length} />
        ))}
      {!puede && (
        <p className="pie-nota">
          Usted puede mirar. Para corregir, pídale permiso a quien administra este panel.
        </p>
      )}
    </>
  );
}

const NADA: never[] = [];

/** Nobody is called well of whom nothing is known. */
function Nadie({ conocidos }: { conocidos: number }) {
  const decir = useDecir();
  const hoy = useQuery(hoyQuery).data;
  const cuentas = useDeLaOtec(hoy?.proveedores ?? NADA).map(({ cuenta }) => cuenta);
  const alumnos = cuentas.reduce((sum, cuenta) => sum + cuenta.alumnos, 0);
  const loTiene = cuentas.reduce((sum, cuenta) => sum + cuenta.loTiene, 0);
  const isConfirmado = cuentas.every(({ sinConfirmar }) => sinConfirmar === 0);
  if (loTiene + conocidos < alumnos || alumnos === 0) {
    return (
      <Vacio titulo="Todavía no se puede saber.">
        <p>
          {decir('Falta que SENCE responda de todos los alumnos: hasta entonces no ha dicho a quién acepta.')}
        </p>
      </Vacio>
    );
  }
  return (
    <Vacio titulo="No hay nadie por corregir." bien>
      <p>
        {decir(
          `${isConfirmado ? 'SENCE tiene' : 'SENCE aceptó'} a ${numero(loTiene)} de ${cuantos(alumnos, 'alumno')}`,
        )}
        {conocidos > 0 && `; ${cuantos(conocidos, 'es un caso conocido', 'son casos conocidos')}`}.
      </p>
    </Vacio>
  );
}

function QuitarFiltro() {
  const navigate = route.useNavigate();
  return (
    <button type="button" onClick={() => void navigate({ search: {}, replace: true })}>
      Quitar el filtro
    </button>
  );
}

const NOMBRES: Record<Vista, string> = {
  corregir: 'Por corregir',
  averiguando: 'Se está averiguando',
  conocidos: 'Conocidos',
};

/** What is shown, kept in the address, so that it can be bookmarked and sent to a colleague. */
function Filtro({ cuentas, errores }: { cuentas: Record<Vista, number>; errores: ErrorAbierto[] }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const cursos = new Map(errores.map((error) => [claveDe(error), error.titulo]));
  const ir = (change: typeof search) =>
    void navigate({
      search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)),
      replace: true,
    });
  return (
    <fieldset className="fichas">
      <legend className="solo-lector">Qué ver</legend>
      {(Object.keys(NOMBRES) as Vista[]).map((vista) => (
        <button
          key={vista}
          type="button"
          className="ficha"
          aria-pressed={(search.ver ?? 'corregir') === vista}
          onClick={() => ir({ ver: vista })}
        >
          {NOMBRES[vista]} <b>{numero(cuentas[vista])}</b>
        </button>
      ))}
      {cursos.size > 1 && (
        <select
          aria-label="Curso"
          value={search.curso ?? ''}
          onChange={({ currentTarget }) => ir({ curso: currentTarget.value })}
        >
          <option value="">Los {cursos.size} cursos</option>
          {[...cursos].map(([clave, titulo]) => (
            <option key={clave} value={clave}>
              {titulo} ({personasDe(errores.filter((error) => claveDe(error) === clave))})
            </option>
          ))}
        </select>
      )}
      {cursos.size > 1 && (
        <select
          aria-label="Agrupar"
          value={search.por ?? ''}
          onChange={({ currentTarget: { value } }) =>
            void navigate({
              search: ({ por: _, ...resto }) => (value === 'curso' ? { ...resto, por: value } : resto),
              replace: true,
            })
          }
        >
          <option value="">Agrupados por problema</option>
          <option value="curso">Agrupados por curso</option>
        </select>
      )}
    </fieldset>
  );
}

function claveDe({ codigoOferta, codigoGrupo }: ErrorAbierto): string {
  return `${codigoOferta}/${codigoGrupo}`;
}
