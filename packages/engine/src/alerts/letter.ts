import { auditHead } from '../ledger/audit-chain.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { closing } from '../views/closing.ts';
import { keptDecisions } from '../views/decisions-told.ts';
import { inRehearsal } from '../words.ts';
import type { Alerta } from './alerta.ts';
import { type Carta, EN_BLANCO, type Remite, withWords } from './carta.ts';
import { htmlOf } from './carta-html.ts';
import { textOf } from './carta-text.ts';
import type { Escrita } from './deliver.ts';
import { lostNightLetter } from './lost-night.ts';
import { mondayLetter, remindersOf } from './monday.ts';
import { morningLetter } from './morning.ts';
import { nightFacts, type WhichNight } from './night-facts.ts';
import { tokenLetter } from './token.ts';

/**
 * The mail of an alert, written when it goes out: whom it names is looked up then and stands in no queue, so that
 * erasing a person needs to find it in one place.
 */
export async function letterOf(
  alerta: Alerta,
  { ventana, ensayo }: { ventana: WhichNight['ventana']; ensayo: boolean },
  ledger: Ledger,
  now: Date,
): Promise<Carta> {
  const carta = await writtenOf(alerta, ventana, ledger, now);
  if (!ensayo) return carta;
  const said = withWords(carta, inRehearsal);
  return { ...said, asunto: `[Ensayo] ${said.asunto}` };
}

async function writtenOf(
  alerta: Alerta,
  ventana: WhichNight['ventana'],
  ledger: Ledger,
  now: Date,
): Promise<Carta> {
  const { tipo, clave, rutOtec } = alerta;
  const [about = '', noche = ''] = clave.split(':');
  if (tipo === 'resumen') {
    const morning = morningLetter(await nightFacts(ledger, { rutOtec, noche, ventana }, now), true);
    const carta = { ...morning, partes: remindersOf(await closing(ledger, { rutOtec, ventana }, now)) };
    const head = await auditHead(ledger);
    return head.startsWith('0-') ? carta : { ...carta, pie: `${carta.pie} Bitácora: ${head}` };
  }
  if (tipo === 'cierre')
    return (
      mondayLetter(
        await closing(ledger, { rutOtec, ventana }, now),
        await keptDecisions(ledger, rutOtec),
        true,
      ) ?? plainLetter(alerta)
    );
  if (tipo === 'noche-perdida')
    return lostNightLetter(await nightFacts(ledger, { rutOtec, noche, ventana }, now));
  if (tipo === 'problema' && about === 'token') {
    const { cuenta, cursosInformados } = await nightFacts(
      ledger,
      { rutOtec, noche: alerta.cuando.slice(0, 10), ventana },
      now,
    );
    return tokenLetter(alerta, { cuenta, cursosInformados, ventana });
  }
  return plainLetter(alerta);
}

/** Text and HTML of a letter. */
export function written(carta: Carta, remite: Remite): Escrita {
  return { asunto: carta.asunto, texto: textOf(carta, remite), html: htmlOf(carta, remite) };
}

/** What needs no figure of a night. */
export function plainLetter({ tipo, titulo, mensaje, queHacer }: Alerta): Carta {
  return {
    ...EN_BLANCO,
    asunto: titulo,
    titulo: `${titulo}.`,
    bajo: mensaje,
    partes: queHacer === '' ? [] : [{ titulo: 'Qué hacer', texto: queHacer }],
    boton: tipo === 'problema' ? { texto: 'Ver cómo está ahora', ruta: '/' } : null,
  };
}
