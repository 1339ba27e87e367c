import { huellaOf } from '../../kept/huella.ts';
import { type Identity, identify } from '../../rules/identity.ts';
import type { MoodleRules } from '../settings.ts';
import type { Account, Participant } from '../site.ts';

/** Where in a Moodle account a RUT was found, as a person sees the field. */
export type RutField = 'Número de ID' | 'Nombre de usuario' | `Campo de perfil «${string}»`;

export type RutRules = Pick<MoodleRules, 'campoRut' | 'camposRut'>;

/**
 * Where to look for a RUT, in order. A field that a site made for it says most; the official place is the ID number
 * [I p.14]; a user name is what somebody chose.
 */
export function rutPlaces({ campoRut = 'rut', camposRut }: RutRules): string[] {
  return camposRut ?? [campoRut, 'idnumber', 'username'];
}

/** Short names of the profile fields that are read, in lower case. */
export function profileFields(rules: RutRules): string[] {
  return rutPlaces(rules)
    .map((place) => place.toLowerCase())
    .filter((place) => place !== 'idnumber' && place !== 'username');
}

/** The RUT of an account, from the first place that holds one. */
export function readIdentity(account: Account, rules: RutRules = {}): Identity<RutField> {
  return identify<RutField>(
    rutPlaces(rules).map((place) => ({
      field: fieldName(place),
      text: textAt(account, place.toLowerCase()),
      chosen: place.toLowerCase() === 'username',
    })),
  );
}

/** As people see it in Moodle. */
export function fieldName(place: string): RutField {
  const known = place.toLowerCase();
  if (known === 'idnumber') return 'Número de ID';
  return known === 'username' ? 'Nombre de usuario' : `Campo de perfil «${place}»`;
}

/** The field that a person is told to fill: the official one where it is read at all. */
export function fieldToFill(rules: RutRules): RutField {
  const places = rutPlaces(rules);
  return fieldName(places.find((place) => place.toLowerCase() === 'idnumber') ?? places[0] ?? 'idnumber');
}

/** The hash of the RUT of each account that has one. */
export function huellasOf(participants: readonly Participant[], rules: RutRules): Map<number, string> {
  return new Map(
    participants.flatMap(({ account }): [number, string][] => {
      const { rut } = readIdentity(account, rules);
      return rut === null ? [] : [[account.id, huellaOf(rut)]];
    }),
  );
}

function textAt(account: Account, place: string): string {
  if (place === 'idnumber') return account.idnumber ?? '';
  if (place === 'username') return account.username ?? '';
  for (const [name, data] of account.profile) if (name.toLowerCase() === place) return data;
  return '';
}
