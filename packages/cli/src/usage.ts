import { Failure } from '@puente-sic/app';
import type { CommanderError } from 'commander';

const HELP = 'Vea las opciones con --ayuda.';

/** What commander says of a wrong use, in Spanish. It tells the facts only inside its English sentence. */
export function usageFailure(error: CommanderError, command: string): Failure {
  const { message } = error;
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? '';
  const near = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(message)?.[1]?.replace(/, ([^,]+)$/, ' o $1');
  const fix = near ? `¿Quiso escribir ${near}? ${HELP}` : HELP;
  switch (error.code) {
    case 'commander.unknownCommand':
      return new Failure(
        `No existe el comando «${quoted}».`,
        near ? fix : 'Vea los comandos con: puente --ayuda',
      );
    case 'commander.unknownOption':
      return new Failure(`${command}: no existe la opción ${quoted}.`, fix);
    case 'commander.missingArgument':
      return new Failure(`${command}: falta decir ${quoted}.`, HELP);
    case 'commander.optionMissingArgument':
      return new Failure(`${command}: falta el valor de ${quoted}.`, HELP);
    case 'commander.missingMandatoryOptionValue':
      return new Failure(`${command}: falta la opción ${quoted}.`, HELP);
    case 'commander.excessArguments':
      return new Failure(
        `${command}: sobran palabras en la orden.`,
        `Si un nombre lleva espacios, escríbalo entre comillas. ${HELP}`,
      );
    case 'commander.conflictingOption':
      return new Failure(
        `${command}: ${quoted} no se puede usar junto con otra de las opciones dadas.`,
        HELP,
      );
    case 'commander.invalidArgument': {
      const [, flags = '', value = '', allowed = ''] =
        /option '([^']*)' argument '([^']*)' is invalid\. Allowed choices are (.*)\.$/.exec(message) ?? [];
      return new Failure(`${command}: ${flags} no puede ser «${value}».`, `Puede ser: ${allowed}.`);
    }
    case 'commander.help':
      return new Failure(`${command}: falta decir cuál de sus órdenes.`, HELP);
    default:
      return new Failure(`${command}: la orden no se entiende.`, HELP);
  }
}
