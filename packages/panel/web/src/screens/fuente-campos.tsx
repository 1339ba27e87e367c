import { useState } from 'react';
import type { FuenteInstalada } from '../../../src/api.ts';
import { Campo, Casilla, Opciones, Selector } from '../parts/campo.tsx';
import { Plegado } from '../parts/plegado.tsx';
import type { Tiempo } from './fuente-datos.ts';

type De<T extends FuenteInstalada['tipo']> = Extract<FuenteInstalada, { tipo: T }>;
type BaseDeDatos = Pick<
  De<'moodle-bd'>,
  'motor' | 'servidor' | 'puerto' | 'base' | 'usuario' | 'prefijo' | 'conClave'
>;

const GUARDADA = 'Ya hay una guardada: déjela vacía para seguir con ésa.';

export function CamposArchivo({ de, nombre }: { de: De<'archivo'> | null; nombre: string }) {
  return (
    <Plegado titulo="Más opciones">
      <CampoNombre nombre={nombre} />
      <Campo
        etiqueta="Carpeta o archivo"
        name="ruta"
        defaultValue={de?.ruta ?? './planillas'}
        maxLength={300}
        required
        ayuda="En el computador donde está Puente. De una carpeta se leen todos sus archivos CSV, Excel y JSON."
      />
    </Plegado>
  );
}

export function CamposMoodleBd({ de, nombre }: { de: De<'moodle-bd'> | null; nombre: string }) {
  return (
    <>
      <p className="suave">
        Pídale estos datos a quien administra su Moodle. La cuenta debe ser de sólo lectura: Puente no cambia
        nada ahí.
      </p>
      <CamposBaseDeDatos de={de} />
      <Plegado titulo="Más opciones">
        <CampoNombre nombre={nombre} />
        <CampoPrefijo de={de} />
        <Campo
          etiqueta="Dirección web de su Moodle (opcional)"
          name="sitio"
          type="url"
          defaultValue={de?.sitio ?? ''}
          placeholder="https://aula.ejemplo.cl"
          maxLength={300}
          ayuda="Con ella, «Por corregir» lleva directo a la página donde se corrige cada dato."
        />
        <Casilla
          etiqueta="Cifrar la conexión (TLS)"
          name="tls"
          defaultChecked={de?.tls ?? false}
          ayuda="Si la base de datos está en otro computador. Su certificado debe ser válido."
        />
      </Plegado>
    </>
  );
}

const TIEMPOS: { valor: Tiempo; texto: string; ayuda: string }[] = [
  {
    valor: 'base-de-datos',
    texto: 'De la base de datos de Moodle',
    ayuda: 'Exacto y siempre al día. Necesita una cuenta de sólo lectura.',
  },
  {
    valor: 'csv',
    texto: 'De los registros que descargo de Moodle',
    ayuda:
      'Exacto hasta el momento de la descarga, que hay que repetir cada día: Informes → Registros → Descargar como CSV.',
  },
  {
    valor: 'informe',
    texto: 'De un informe personalizado de Moodle',
    ayuda: 'Con el complemento «Dedicación de usuarios». Sólo da el total de cada curso, en minutos.',
  },
  {
    valor: 'despues',
    texto: 'Todavía no lo sé',
    ayuda: 'Puede probar que el token sirve; para ver los cursos y enviar hay que elegir uno de los otros.',
  },
];

export function CamposMoodleWs({ de, nombre }: { de: De<'moodle-ws'> | null; nombre: string }) {
  const [tiempo, setTiempo] = useState<Tiempo>(de?.tiempo?.de ?? 'despues');
  const guardado = de?.tiempo ?? null;
  const bd = guardado?.de === 'base-de-datos' ? guardado : null;
  return (
    <>
      <Campo
        etiqueta="Dirección web de su Moodle"
        name="url"
        type="url"
        defaultValue={de?.url ?? ''}
        placeholder="https://aula.ejemplo.cl"
        maxLength={300}
        required
      />
      <Campo
        etiqueta="Token de servicios web"
        name="token"
        type="password"
        autoComplete="off"
        required={!de?.conToken}
        maxLength={2000}
        ayuda={
          de?.conToken
            ? 'Ya hay uno guardado: déjelo vacío para seguir con ése.'
            : 'Lo crea quien administra su Moodle, en Administración del sitio → Servidor → Servicios web.'
        }
      />
      <Opciones
        titulo="¿De dónde sale el tiempo que cada alumno estuvo conectado?"
        nombre="tiempo"
        opciones={TIEMPOS}
        elegida={tiempo}
        onElegir={setTiempo}
      />
      <p className="suave">
        SENCE pide ese tiempo de cada alumno y Moodle no lo entrega por servicios web. Puente no lo inventa:
        mientras no sepa de dónde sacarlo, no envía nada.
      </p>
      {tiempo === 'base-de-datos' && <CamposBaseDeDatos de={bd} />}
      {tiempo === 'csv' && (
        <Campo
          etiqueta="Carpeta o archivo de los registros descargados"
          name="rutaTiempo"
          defaultValue={guardado?.de === 'csv' ? guardado.ruta : './registros'}
          maxLength={300}
          required
          ayuda="En el computador donde está Puente."
        />
      )}
      {tiempo === 'informe' && (
        <Campo
          etiqueta="Número del informe"
          name="numero"
          type="number"
          min={1}
          defaultValue={guardado?.de === 'informe' ? guardado.numero : ''}
          required
          ayuda="El que aparece al final de su dirección en Moodle: …/reportbuilder/view.php?id=3."
        />
      )}
      <Plegado titulo="Más opciones">
        <CampoNombre nombre={nombre} />
        {tiempo === 'base-de-datos' && <CampoPrefijo de={bd} />}
        <Campo
          etiqueta="Número del informe de inscripciones (opcional)"
          name="informeInscripciones"
          type="number"
          min={1}
          defaultValue={de?.informeInscripciones ?? ''}
          ayuda="Si hay alumnos con fechas propias. Sin él, todos van con las fechas de su curso."
        />
      </Plegado>
    </>
  );
}

const PUERTOS = { mariadb: 3306, postgres: 5432 } as const;

function CamposBaseDeDatos({ de }: { de: BaseDeDatos | null }) {
  const [motor, setMotor] = useState<BaseDeDatos['motor']>(de?.motor ?? 'mariadb');
  return (
    <div className="codigos">
      <Selector
        etiqueta="Qué base de datos es"
        name="motor"
        value={motor}
        onChange={(event) => setMotor(event.currentTarget.value === 'postgres' ? 'postgres' : 'mariadb')}
        opciones={[
          { valor: 'mariadb', texto: 'MariaDB o MySQL' },
          { valor: 'postgres', texto: 'PostgreSQL' },
        ]}
      />
      <Campo
        etiqueta="Servidor"
        name="servidor"
        defaultValue={de?.servidor ?? ''}
        placeholder="bd.ejemplo.cl"
        maxLength={300}
        required
      />
      <Campo
        key={motor}
        etiqueta="Puerto"
        name="puerto"
        type="number"
        min={1}
        max={65_535}
        defaultValue={de?.motor === motor ? de.puerto : PUERTOS[motor]}
        required
      />
      <Campo
        etiqueta="Nombre de la base"
        name="base"
        defaultValue={de?.base ?? ''}
        placeholder="moodle"
        maxLength={300}
        required
      />
      <Campo
        etiqueta="Usuario de la base"
        name="usuario"
        defaultValue={de?.usuario ?? ''}
        autoComplete="off"
        maxLength={300}
        required
      />
      <Campo
        etiqueta="Contraseña de la base"
        name="clave"
        type="password"
        autoComplete="off"
        maxLength={2000}
        {...(de?.conClave && { ayuda: GUARDADA })}
      />
    </div>
  );
}

function CampoPrefijo({ de }: { de: BaseDeDatos | null }) {
  return (
    <Campo
      etiqueta="Prefijo de las tablas"
      name="prefijo"
      defaultValue={de?.prefijo ?? 'mdl_'}
      pattern="\w*"
      maxLength={30}
      ayuda="El de casi todos los Moodle es mdl_."
    />
  );
}

function CampoNombre({ nombre }: { nombre: string }) {
  return (
    <Campo
      etiqueta="Nombre de la fuente"
      name="nombre"
      defaultValue={nombre}
      maxLength={40}
      required
      ayuda="Como aparecerá en este panel."
    />
  );
}
