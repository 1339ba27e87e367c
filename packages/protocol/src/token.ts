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
