import { useState } from 'react';
import type { FuenteInstalada } from '../../../src/api.ts';
import { Campo, Selector } from '../parts/campo.tsx';

type BaseDeDatos = Pick<
  Extract<FuenteInstalada, { tipo: 'moodle-bd' }>,
  'motor' | 'servidor' | 'puerto' | 'base' | 'usuario' | 'prefijo' | 'conClave'
>;

const GUARDADA = 'Ya hay una guardada: déjela vacía para seguir con esa.';

const PUERTOS = { mariadb: 3306, postgres: 5432 } as const;

/** How a database of Moodle is reached; the same for a source and for the time spent. */
export function CamposBaseDeDatos({ de }: { de: BaseDeDatos | null }) {
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

export function CampoPrefijo({ de }: { de: BaseDeDatos | null }) {
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
