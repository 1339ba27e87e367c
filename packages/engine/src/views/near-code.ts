/**
 * The only known code that a mistyped one can have meant: two characters changed places, or one is wrong, missing or too
 * much. Null where there is none, or where it might be two.
 */
export function nearCode(code: string, known: readonly string[]): string | null {
  const near = known.filter((one) => one !== code && isNear(code.toUpperCase(), one.toUpperCase()));
  const [only, another] = near;
  return only === undefined || another !== undefined ? null : only;
}

function isNear(a: string, b: string): boolean {
  const start = sharedStart(a, b);
  const end = Math.min(sharedStart(reversed(a), reversed(b)), Math.min(a.length, b.length) - start);
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (Math.max(restA.length, restB.length) <= 1) return true;
  return restA.length === 2 && restA === reversed(restB);
}

function sharedStart(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared += 1;
  return shared;
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
