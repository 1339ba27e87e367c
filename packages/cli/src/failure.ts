import { EXIT } from './exit.ts';

/**
 * A command cannot do what was asked, through no bug: told in Spanish without a stack.
 * `fix` says what to do about it.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly fix: string;
  readonly exitCode: typeof EXIT.usage | typeof EXIT.connection;

  constructor(
    message: string,
    fix: string,
    exitCode: Failure['exitCode'] = EXIT.usage,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.fix = fix;
    this.exitCode = exitCode;
  }
}
