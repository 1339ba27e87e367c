/** The service cannot start as it is asked to: what is wrong and what to do, in Spanish, for whoever starts it. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly fix: string;
  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.fix = fix;
  }
}
