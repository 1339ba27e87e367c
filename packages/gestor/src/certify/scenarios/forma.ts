import type { Llamada } from '../call.ts';
import { cumplido, type Escenario, fallado, SIN_INTENTO } from '../scenario.ts';

export const tipoContenido: Escenario = {
  id: 'tipo-contenido',
  nombre: 'JSON, y dicho como JSON',
  instruccion: 'Envíe cualquier curso de la hoja.',
  espera: 'Que el cuerpo sea un objeto JSON y que la llamada diga Content-Type: application/json.',
  mira: 'Todos los envíos (POST): su Content-Type y si el cuerpo se puede leer.',
  juzgar: ({ todas }) =>
    ofPosts(todas, 'Todos los envíos llegaron como application/json.', ({ n, tipoContenido, cuerpo }) => {
      if (!isJson(tipoContenido))
        return `La llamada ${n} dice Content-Type: ${tipoContenido ?? '(ninguno)'}; debe ser application/json.`;
      return cuerpo === null ? `El cuerpo de la llamada ${n} no es un objeto JSON.` : null;
    }),
};

/** UTF-8 is the only charset that JSON has; naming it changes nothing. */
function isJson(type: string | null): boolean {
  const [media, ...parameters] = (type ?? '').toLowerCase().split(';');
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  return media?.trim() === 'application/json' && /^(charset="?utf-?8"?)?$/.test(charset ?? '');
}

export const direccionLimpia: Escenario = {
  id: 'direccion-limpia',
  nombre: 'Nada en la dirección de un envío',
  instruccion: 'Envíe cualquier curso de la hoja.',
  espera:
    'Que el token y los datos vayan sólo en el cuerpo: lo que va en la dirección queda en los registros de servidores y proxies.',
  mira: 'Los parámetros en la dirección de todos los envíos (POST).',
  juzgar: ({ todas }) =>
    ofPosts(todas, 'Ningún envío llevó parámetros en su dirección.', ({ n, enDireccion }) =>
      enDireccion.length === 0
        ? null
        : `La dirección de la llamada ${n} lleva parámetros: ${enDireccion.slice(0, 5).join(', ')}.`,
    ),
};

export const soloLoPedido: Escenario = {
  id: 'solo-lo-pedido',
  nombre: 'Sólo los datos que la API pide',
  instruccion: 'Envíe cualquier curso de la hoja.',
  espera:
    'Que no viaje ningún campo que la API no nombra: nombres, correos y otros datos de personas sobran.',
  mira: 'Los nombres de los campos de todos los envíos (POST); lo que traen los ajenos no se guarda.',
  juzgar: ({ todas }) =>
    ofPosts(todas, 'Todos los campos son de la API.', ({ n, camposAjenos }) =>
      camposAjenos.length === 0
        ? null
        : `La llamada ${n} lleva campos que la API no pide: ${camposAjenos.slice(0, 5).join(', ')}.`,
    ),
};

function ofPosts(todas: readonly Llamada[], bien: string, find: (llamada: Llamada) => string | null) {
  const posts = todas.filter(({ endpoint }) => endpoint === 'enviarAvance');
  if (posts.length === 0) return SIN_INTENTO;
  const wrong = posts.map(find).find((text) => text !== null);
  return wrong ? fallado(wrong) : cumplido(`${bien} Se miraron ${posts.length}.`);
}
