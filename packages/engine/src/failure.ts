/** Something the person in charge can put right: the state folder, a backup file, an audit ZIP. Text in Spanish. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  /** What to do. */
  readonly fix: string;
  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.fix = fix;
  }
}
