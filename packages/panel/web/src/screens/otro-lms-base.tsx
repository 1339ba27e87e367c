import type { Of } from '../api.ts';
import { cuantos } from '../format.ts';
import { Campo, Casilla, Opciones } from '../parts/campo.tsx';
import { Aviso } from '../parts/estado.tsx';
import { type Borrador, type Motor, PUERTOS } from './otro-lms-datos.ts';

const MOTORES: { valor: Motor; texto: string; ayuda: string }[] = [
  {
    valor: 'mariadb',
    texto: 'MariaDB o MySQL',
    ayuda: 'La de WordPress, Chamilo y la mayoría de los sitios.',
  },
  { valor: 'postgres', texto: 'PostgreSQL', ayuda: 'Un servidor PostgreSQL.' },
  {
    valor: 'sqlserver',
    texto: 'SQL Server (sin probar en vivo)',
    ayuda:
      'Un servidor de Microsoft, o Azure SQL. Puente lo lee según sus documentos: revise bien lo que muestra.',
  },
  { valor: 'sqlite', texto: 'SQLite', ayuda: 'Un archivo, en el computador donde está Puente.' },
  {
    valor: 'carpeta',
    texto: 'Una carpeta de archivos',
    ayuda:
      'Si no se puede leer la base, o es de otra clase (Oracle): su sistema deja cada noche un CSV, Excel o NDJSON por tabla.',
  },
];

export type CambioDeBorrador = (cambio: Partial<Borrador>) => void;

/** Where the data of an LMS that is no Moodle is. */
export function BaseDeOtroLms({
  borrador,
  conClave,
  cambiar,
}: {
  borrador: Borrador;
  /** A password is kept already. */
  conClave: boolean;
  cambiar: CambioDeBorrador;
}) {
  const { motor } = borrador;
  return (
    <>
      <Opciones
        titulo="¿Dónde están sus datos?"
        nombre="motor"
        opciones={MOTORES}
        elegida={motor === 'mysql' ? 'mariadb' : motor}
        onElegir={(elegido) =>
          cambiar({
            motor: elegido,
            puerto: PUERTOS[elegido] ?? borrador.puerto,
            // Its login is in plain words where the connection is.
            ...(elegido === 'sqlserver' && motor !== 'sqlserver' && { tls: true }),
          })
        }
      />
      {motor === 'carpeta' && (
        <Campo
          etiqueta="Carpeta"
          value={borrador.carpeta}
          onChange={({ currentTarget: { value } }) => cambiar({ carpeta: value })}
          maxLength={300}
          required
          ayuda="En el computador donde está Puente. Dentro: cursos.csv, alumnos.csv, modulos.csv… uno por tabla, con sus títulos en la primera línea."
        />
      )}
      {motor === 'sqlite' && (
        <Campo
          etiqueta="Archivo de la base"
          value={borrador.archivo}
          onChange={({ currentTarget: { value } }) => cambiar({ archivo: value })}
          maxLength={300}
          required
          ayuda="En el computador donde está Puente; termina en .db o .sqlite."
        />
      )}
      {motor !== 'carpeta' && motor !== 'sqlite' && (
        <Servidor borrador={borrador} conClave={conClave} cambiar={cambiar} />
      )}
    </>
  );
}

function Servidor({
  borrador,
  conClave,
  cambiar,
}: {
  borrador: Borrador;
  conClave: boolean;
  cambiar: CambioDeBorrador;
}) {
  const texto = (campo: 'servidor' | 'puerto' | 'base' | 'usuario' | 'clave') => ({
    value: borrador[campo],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      cambiar({ [campo]: value }),
    autoComplete: 'off',
    spellCheck: false,
    maxLength: 300,
    required: true,
  });
  return (
    <>
      <p className="suave">
        Pida a quien administra la base una cuenta que solo pueda leer: Puente no cambia nada ahí.
        {borrador.motor === 'sqlserver' &&
          ' En SQL Server es obligatorio (rol db_datareader y ningún otro), y la base debe permitir la lectura de un solo momento (allow_snapshot_isolation). Una instancia con nombre se llama por su puerto.'}
      </p>
      <div className="codigos">
        <Campo etiqueta="Servidor" {...texto('servidor')} ayuda="Su nombre o su dirección, sin el puerto." />
        <Campo etiqueta="Puerto" {...texto('puerto')} type="number" min={1} max={65_535} />
        <Campo etiqueta="Nombre de la base" {...texto('base')} />
        <Campo etiqueta="Usuario de la base" {...texto('usuario')} />
        <Campo
          etiqueta="Contraseña de la base"
          {...texto('clave')}
          type="password"
          maxLength={2000}
          required={false}
          ayuda={
            conClave
              ? 'Ya hay una guardada: déjela vacía para seguir con esa.'
              : 'Tal cual, con los signos que tenga. Se guarda cifrada y no se vuelve a mostrar.'
          }
        />
      </div>
      <Casilla
        etiqueta="Cifrar la conexión (TLS)"
        checked={borrador.tls}
        onChange={({ currentTarget: { checked } }) => cambiar({ tls: checked })}
        ayuda={
          borrador.motor === 'sqlserver'
            ? 'Sin cifrar, la contraseña va a la vista: solo en el mismo computador, o en una red de confianza. El certificado debe ser válido; el que SQL Server se hace por sí mismo no lo es.'
            : 'Si la base de datos está en otro computador. Su certificado debe ser válido.'
        }
      />
    </>
  );
}

/** What came of trying to get in. */
export function ResultadoDeConexion({
  conexion: { bien, mensaje, queHacer, tablas },
}: {
  conexion: Of<'conexionDeFuente'>;
}) {
  const primeras = tablas.slice(0, 12);
  return (
    <div role="status">
      <Aviso tono={bien ? 'bien' : 'mal'}>
        <p>
          <strong>{mensaje}</strong>
        </p>
        {queHacer !== '' && <p>{queHacer}</p>}
        {tablas.length > 0 && (
          <p>
            {tablas.length === 1 ? 'Se ve' : 'Se ven'} {cuantos(tablas.length, 'tabla')}:{' '}
            {primeras.join(', ')}
            {tablas.length > primeras.length && '…'}
          </p>
        )}
      </Aviso>
    </div>
  );
}
