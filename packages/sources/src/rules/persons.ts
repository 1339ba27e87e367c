import { formatRut } from '@puente-sic/protocol';
import type { Identity } from './identity.ts';

/** A student: one account, or several with the same RUT. */
export interface Person<Account, Field extends string = string> {
  identity: Identity<Field>;
  /** The account whose progress and dates are reported. */
  leading: Account;
  /** All accounts, the leading one first. */
  participants: Account[];
  /** More than one of them has progress: nobody can say which is right. */
  contested: boolean;
}

/** Accounts of one course by RUT. Those without a trace in the course are merged into the one that has some. */
export function byPerson<Account, Field extends string>(
  accounts: readonly Account[],
  identityOf: (account: Account) => Identity<Field>,
  hasTrace: (account: Account) => boolean,
): Person<Account, Field>[] {
  const groups = new Map<unknown, { identity: Identity<Field>; participants: [Account, ...Account[]] }>();
  for (const account of accounts) {
    const identity = identityOf(account);
    const key = identity.rut ? formatRut(identity.rut) : account;
    const known = groups.get(key);
    if (known) known.participants.push(account);
    else groups.set(key, { identity, participants: [account] });
  }
  return [...groups.values()].map(({ identity, participants }) => {
    const [first, ...others] = participants;
    if (others.length === 0) return { identity, leading: first, participants, contested: false };
    const used = participants.filter(hasTrace);
    const ordered = [...used, ...participants.filter((one) => !used.includes(one))];
    return { identity, leading: used[0] ?? first, participants: ordered, contested: used.length > 1 };
  });
}
