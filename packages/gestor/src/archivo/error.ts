/** A month that cannot be archived, or an archive that cannot be used: what is wrong and what to do, in Spanish. */
export class ArchivoError extends Error {
  override readonly name = 'ArchivoError';
  readonly fix: string;
  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.fix = fix;
  }
}
