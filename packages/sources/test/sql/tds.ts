// Bytes of SQL Server's protocol [MS-TDS], as far as the tests' stand-in for a server says and hears them.

/** Kinds of packets [MS-TDS 2.2.3.1.1]. */
export const PACKET = { batch: 0x01, rpc: 0x03, answer: 0x04, attention: 0x06, login: 0x10, prelogin: 0x12 };

/** One message in packets of at most `size` bytes. */
export function packets(type: number, body: Buffer, size = 4096): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at === 0 || at < body.length; at += size - 8) {
    const piece = body.subarray(at, at + size - 8);
    const header = Buffer.alloc(8);
    header[0] = type;
    header[1] = at + size - 8 >= body.length ? 1 : 0;
    header.writeUInt16BE(piece.length + 8, 2);
    header[6] = parts.length & 0xff;
    parts.push(header, piece);
  }
  return Buffer.concat(parts);
}

const ucs2 = (text: string): Buffer => Buffer.from(text, 'ucs2');
const u8 = (value: number): Buffer => Buffer.from([value]);
const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);
function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
const bVarchar = (text: string): Buffer => Buffer.concat([u8(text.length), ucs2(text)]);
const usVarchar = (text: string): Buffer => Buffer.concat([u16(text.length), ucs2(text)]);
function token(type: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u8(type), u16(body.length), body]);
}

/** `encryption`: 0 offered, 1 on, 2 not there, 3 required. */
export function preloginAnswer(encryption: number): Buffer {
  // VERSION at 11, ENCRYPTION at 17, the end.
  return Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0x10, 0, 0, 0, encryption]);
}

export function loginDone(): Buffer {
  const version = Buffer.from([0x74, 0, 0, 4]);
  const ack = token(0xad, u8(1), version, bVarchar('Microsoft SQL Server'), Buffer.from([16, 0, 0x10, 0]));
  return Buffer.concat([ack, done()]);
}

export function done(status = 0, rows = 0): Buffer {
  return Buffer.concat([u8(0xfd), u16(status), u16(0), u32(rows), u32(0)]);
}

export const DONE = { error: 0x02, attention: 0x20, more: 0x01 };

/** A transaction has begun, as the server tells it. */
export function begun(): Buffer {
  return token(0xe3, u8(8), u8(8), Buffer.from([1, 0, 0, 0, 1, 0, 0, 0]), u8(0));
}

/** The login goes on at another server [MS-TDS 2.2.7.9, type 20]. */
export function sentOn({ host, port }: { host: string; port: number }): Buffer {
  const goal = Buffer.concat([u8(0), u16(port), usVarchar(host)]);
  return Buffer.concat([token(0xe3, u8(20), u16(goal.length), goal, u16(0)), loginDone()]);
}

export interface ServerError {
  number: number;
  message: string;
  class?: number;
}

export function errorToken({ number, message, class: level = 16 }: ServerError): Buffer {
  const where = Buffer.concat([bVarchar('AULA'), bVarchar(''), u32(1)]);
  return token(0xaa, u32(number), u8(1), u8(level), usVarchar(message), where);
}

/** A column's type with how a value of it is written. */
export interface ColumnType {
  info: Buffer;
  /** `value`: in the bytes that are on the wire, or text where the type is text; null is nothing. */
  write: (value: Buffer | string | null) => Buffer;
}

const COLLATION = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);
const short = (value: Buffer | string | null): Buffer =>
  value === null ? u8(0) : Buffer.concat([u8(value.length), Buffer.from(value as Buffer)]);

export const NVARCHAR: ColumnType = {
  info: Buffer.concat([u8(0xe7), u16(8000), COLLATION]),
  write: (value) =>
    value === null ? u16(0xffff) : Buffer.concat([u16(value.length * 2), ucs2(String(value))]),
};
/** Types whose values have their length before them: INTN, BITN, DATETIME2N and the like. */
export const shortType = (...info: number[]): ColumnType => ({ info: Buffer.from(info), write: short });

export function columnsToken(columns: readonly (readonly [string, ColumnType])[]): Buffer {
  return Buffer.concat([
    u8(0x81),
    u16(columns.length),
    ...columns.flatMap(([name, { info }]) => [u32(0), u16(1), info, bVarchar(name)]),
  ]);
}

export function rowToken(types: readonly ColumnType[], values: readonly (Buffer | string | null)[]): Buffer {
  return Buffer.concat([u8(0xd1), ...types.map(({ write }, index) => write(values[index] ?? null))]);
}

/** The SQL of a batch, behind its headers. */
export function batchText(body: Buffer): string {
  return body.subarray(body.readUInt32LE(0)).toString('ucs2');
}

/** What a call of sp_executesql asks for, with the parameters' values in bytes and types by number. */
export function callOf(body: Buffer): { sql: string; parameters: { type: number; value: Buffer }[] } {
  let at = body.readUInt32LE(0);
  // By its number; with options.
  at += 2 + 2 + 2;
  const values: { type: number; value: Buffer }[] = [];
  while (at < body.length) {
    at += 1 + (body[at] as number) * 2 + 1;
    const type = body[at] as number;
    const isText = type === 0xe7;
    at += isText ? 1 + 2 + 5 : 2;
    const length = isText ? body.readUInt16LE(at) : (body[at] as number);
    at += isText ? 2 : 1;
    values.push({ type, value: body.subarray(at, at + length) });
    at += length;
  }
  const [statement, , ...parameters] = values;
  return { sql: statement?.value.toString('ucs2') ?? '', parameters };
}
