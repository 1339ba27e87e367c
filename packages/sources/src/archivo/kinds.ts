import { SourceError } from '../source.ts';

/** What a file is that is no table of ours, by its first bytes; null where they do not tell. */
export function otherKind(bytes: Uint8Array, file: string): SourceError | null {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) return oldOrEncrypted(bytes, file);
  if (start.startsWith('%PDF')) return wrong(file, 'es un PDF', AS_WORKBOOK);
  if (start.startsWith('\u001f\u008b') || start.startsWith('7z\u00bc\u00af') || start.startsWith('Rar!'))
    return wrong(file, 'es un archivo comprimido', UNPACK);
  if (start.startsWith('SQLite format 3')) return wrong(file, 'es una base de datos', AS_WORKBOOK);
  return null;
}

/** A container whose content is neither Excel's nor LibreOffice's. */
export function zipOfSomethingElse(bytes: Uint8Array, file: string): SourceError {
  const names = Buffer.from(bytes).toString('latin1');
  return names.includes('.iwa')
    ? wrong(
        file,
        'es una hoja de Numbers (Mac)',
        'En Numbers elija Archivo, Exportar a, Excel, y use el .xlsx.',
      )
    : wrong(file, 'es un archivo comprimido que no es un libro de Excel, o un libro dañado', UNPACK);
}

/** Text where a workbook was expected, or markup. */
export function noWorkbook(file: string, start: string): SourceError {
  if (/^<\?xml[^>]*>\s*<\?mso-application|^<(\w+:)?Workbook/i.test(start))
    return wrong(file, 'es un libro de Excel en XML (de 2003)', AS_WORKBOOK);
  return start.startsWith('<')
    ? wrong(file, 'por dentro es una página web, no un archivo de datos', AS_WORKBOOK)
    : wrong(file, 'no es un libro de Excel ni de LibreOffice, o está dañado', AS_WORKBOOK);
}

/** Both are the same kind of container; an encrypted workbook names its only content. */
function oldOrEncrypted(bytes: Uint8Array, file: string): SourceError {
  return Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'))
    ? wrong(
        file,
        'el libro de Excel tiene contraseña',
        'Ábralo en Excel, quítele la contraseña (Archivo, Información, Proteger libro) y guárdelo de nuevo.',
      )
    : wrong(
        file,
        'es un libro de Excel antiguo (.xls)',
        'Ábralo en Excel y guárdelo como «Libro de Excel (.xlsx)».',
      );
}

const AS_WORKBOOK = 'Ábralo en Excel, guárdelo de nuevo como «Libro de Excel (.xlsx)» y vuelva a intentarlo.';
const UNPACK = 'Descomprímalo y use el .xlsx, .ods o .csv que trae dentro.';

function wrong(file: string, why: string, fix: string): SourceError {
  return new SourceError('wrong', `No se pudo leer ${file}: ${why}.`, fix);
}
