/** A parameter of a web service function. */
export type Parameter = string | number | boolean | Parameter[] | { [name: string]: Parameter };

/** Parameters as Moodle reads them from a form: `options[0][name]=…`, booleans as 1 and 0. */
export function formFields(parameters: Record<string, Parameter>): [string, string][] {
  return Object.entries(parameters).flatMap(([name, value]) => fields(name, value));
}

function fields(name: string, value: Parameter): [string, string][] {
  if (typeof value === 'boolean') return [[name, value ? '1' : '0']];
  if (typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, item]) => fields(`${name}[${key}]`, item));
}
