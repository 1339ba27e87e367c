import * as clack from '@clack/prompts';
import { Failure } from '@puente-sic/app';
import type { Asker, Question } from './asker.ts';

/** Asks on the terminal. Ctrl-C ends it; nothing has been written then. */
export function terminalAsker(): Asker {
  const validate =
    ({ check, suggestion }: Question) =>
    (answer: string | undefined) =>
      check?.(answer || suggestion || '');
  return {
    text: async (question) => {
      const { message, suggestion } = question;
      const answer = await clack.text({
        message,
        validate: validate(question),
        ...(suggestion !== undefined && { placeholder: suggestion, defaultValue: suggestion }),
      });
      return answered(answer).trim();
    },
    secret: async (question) =>
      answered(await clack.password({ message: question.message, validate: validate(question) })).trim(),
    choose: async (message, options) => {
      const choices = options.map(({ value, label, hint }) => ({
        value: value as string,
        label,
        ...(hint && { hint }),
      }));
      const answer = answered(await clack.select({ message, options: choices }));
      return pick(options, answer);
    },
    chooseMany: async (message, options, chosen) => {
      const choices = options.map(({ value, label, hint }) => ({
        value: value as string,
        label,
        ...(hint && { hint }),
      }));
      const initialValues: string[] = [...chosen];
      const answers = answered(
        await clack.multiselect({ message, options: choices, initialValues, required: false }),
      );
      return answers.map((answer) => pick(options, answer));
    },
    tell: (message) => clack.log.info(message),
    during: async (message, work) => {
      const spinner = clack.spinner();
      spinner.start(message);
      try {
        return await work();
      } finally {
        spinner.stop(message);
      }
    },
  };
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (typeof answer !== 'symbol') return answer as Exclude<T, symbol>;
  throw new Failure('Se interrumpió.', 'No se escribió nada; puede volver a empezar con «puente init».');
}

function pick<T extends string>(options: readonly { value: T }[], answer: string): T {
  const option = options.find(({ value }) => value === answer);
  if (!option) throw new Error(`An answer that was not offered: ${answer}`);
  return option.value;
}
