import { huellaOf } from '../../kept/huella.ts';
import { type Identity, identify } from '../../rules/identity.ts';
import type { Account, Participant } from '../site.ts';

/** Where in a Moodle account a RUT was found, as a person sees the field. */
export type RutField = 'Número de ID' | 'Nombre de usuario' | 'Campo de perfil';

/** The RUT of an account: `idnumber`, else `username`, else the profile field. [I p.14: RUT in idnumber] */
export function readIdentity(account: Account, campoRut = 'rut'): Identity<RutField> {
  return identify<RutField>([
    { field: 'Número de ID', text: account.idnumber ?? '', chosen: false },
    { field: 'Nombre de usuario', text: account.username ?? '', chosen: true },
    { field: 'Campo de perfil', text: profileField(account, campoRut), chosen: false },
  ]);
}

/** The hash of the RUT of each account that has one. */
export function huellasOf(participants: readonly Participant[], campoRut?: string): Map<number, string> {
  return new Map(
    participants.flatMap(({ account }): [number, string][] => {
      const { rut } = readIdentity(account, campoRut);
      return rut === null ? [] : [[account.id, huellaOf(rut)]];
    }),
  );
}

function profileField(account: Account, campoRut: string): string {
  for (const [name, data] of account.profile) if (name.toLowerCase() === campoRut.toLowerCase()) return data;
  return '';
}
