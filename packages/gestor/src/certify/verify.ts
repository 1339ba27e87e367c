import { type Informe, verdictLine, writeInforme } from './informe.ts';
import { readReportPage, reportPage } from './report.ts';
import { splitSigned, verifyText } from './sign.ts';
import { KIT_VERSION } from './version.ts';

/** What a report proves to whoever got it. */
export interface Verificacion {
  /** The file is as a kit signed it, and its record, judged again, says the same. */
  valido: boolean;
  /** It is valid, and the program fulfilled every scenario of its profile. */
  certificado: boolean;
  /** One line: whether certified, for what and when, or why it is not valid. */
  linea: string;
  /** Of the key that signed; null where no signature holds. */
  huella: string | null;
  informe: Informe | null;
}

/**
 * Looks at a report file: its signature over the whole page, the chain of its record, and what the record says when it
 * is judged again. The file comes from others: whatever is in it, this gives a Verificacion.
 */
export function verifyReport(file: string): Verificacion {
  const signed = splitSigned(file);
  const huella = signed && verifyText(signed);
  if (!signed || !huella)
    return invalid('le falta la firma, o alguien cambió el archivo después de firmado', null);
  const carried = readReportPage(signed.texto);
  if (!carried) return invalid('no trae el registro del kit', huella);
  const { lineas, real, kit, packed } = carried;
  if (!lineas) return invalid('el registro del kit que trae fue cambiado: su cadena no calza', huella);
  const informe = writeInforme(lineas, { real, kit });
  if (reportPage(informe, huella, packed) !== signed.texto) {
    const other =
      informe.versionKit === KIT_VERSION
        ? ''
        : ` (lo hizo el kit ${informe.versionKit} y este es el ${KIT_VERSION}: revíselo con aquél)`;
    return invalid(`lo que dice la página no es lo que resulta de su registro${other}`, huella);
  }
  return { valido: true, certificado: informe.certificado, linea: verdictLine(informe), huella, informe };
}

function invalid(why: string, huella: string | null): Verificacion {
  const linea = `NO CERTIFICADO · el informe no es válido: ${why}`;
  return { valido: false, certificado: false, linea, huella, informe: null };
}
