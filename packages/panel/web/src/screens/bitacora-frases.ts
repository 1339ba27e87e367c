import type { Of } from '../api.ts';

type Hecho = Of<'bitacora'>['hechos'][number];

/** What somebody did, as a sentence that goes on from the name: `Rosa` + `subió «notas.xlsx» a «planillas».` */
export function frase({ accion, detalle }: Pick<Hecho, 'accion' | 'detalle'>): string {
  const comienzo = SAYS_ITS_DEED.test(detalle) ? undefined : COMIENZOS[accion];
  if (comienzo !== undefined) return detalle === '' ? `${comienzo}.` : `${comienzo}: ${detalle}`;
  return detalle === '' ? accion : `${detalle.charAt(0).toLocaleLowerCase('es')}${detalle.slice(1)}`;
}

/** «Creó al administrador…» */
const SAYS_ITS_DEED = /^\p{Lu}\p{Ll}+ó /u;

/** Where what was written down says of what, and not what was done. */
const COMIENZOS: Partial<Record<string, string>> = {
  ingreso: 'entró al panel',
  'ingreso-fallido': 'trató de entrar y no pudo',
  salida: 'salió del panel',
  envio: 'pidió enviar ahora',
  instalacion: 'cambió los ajustes',
  'cursos-elegidos': 'eligió qué cursos se informan',
  busqueda: 'pidió buscar ahora lo que quedó sin respuesta',
  'prueba-de-conexion': 'probó el token',
  'aviso-de-prueba': 'mandó un aviso de prueba',
  'token-guardado': 'guardó un token nuevo',
  'token-borrado': 'quitó el token guardado',
  'usuario-creado': 'agregó a una persona',
  'usuario-cambiado': 'cambió a una persona',
  'usuario-borrado': 'quitó a una persona',
  'clave-api-creada': 'creó una clave para otro programa',
  'clave-api-borrada': 'anuló la clave de otro programa',
  'clave-de-entrega-creada': 'creó una clave para entregar datos',
  'clave-de-entrega-borrada': 'anuló una clave para entregar datos',
  'entrega-aceptada': 'aceptó una entrega',
  decision: 'decidió',
  'decision-deshecha': 'deshizo una decisión',
  'segundo-paso-puesto': 'puso el segundo paso',
  'segundo-paso-quitado': 'quitó el segundo paso',
};
