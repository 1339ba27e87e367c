const TOKEN = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

/** A provider's token as read: in upper case as the service wants it (S faq 15), and whether that changed it. */
export interface TokenReading {
  token: string;
  /** The text had lower-case letters or blanks around: worth telling, since other senders would fail with it. */
  changed: boolean;
}

/** Reads a token (UUID). Null where the text has not that form; the text itself must never be shown. */
export function readToken(text: string): TokenReading | null {
  const token = text.trim().toUpperCase();
  return TOKEN.test(token) ? { token, changed: token !== text } : null;
}

/**
 * Tokens that stand in public examples, upper case: the official documents', and this project's for its demo, sandbox
 * and kit. None is anybody's at the real service.
 */
export const EXAMPLE_TOKENS: ReadonlySet<string> = new Set([
  '5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220',
  '7D1F0C52-93AE-4B60-8C1D-2F5A9E6B3C01',
  'A1B2C3D4-0000-4000-8000-0123456789AB',
  '3B1D9E52-6C07-4F4A-8E21-90A7C5D2B6F4',
  '0F2B6C1A-7D34-4E8B-9A55-C3D2E1F0A9B8',
  '4F06B8A3-D7E2-4915-86CB-A31D90F5E705',
  'C0FFEE00-1111-4222-8333-444455556666',
  'BADBAD00-1111-4222-8333-444455556666',
]);
