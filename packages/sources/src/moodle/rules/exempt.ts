import { formatRut, type Issue } from '@puente-sic/protocol';
import { warning } from '../../rules/findings.ts';
import { listed } from '../../rules/listed.ts';
import type { MoodleRules } from '../settings.ts';
import type { CourseSnapshot, Participant } from '../site.ts';
import { isExemptGroup, isGroup } from './groups.ts';
import { readIdentity } from './rut.ts';

/** Who in a course is exempt: each member of an exempt group, and every other account with the RUT of one. */
export function exemptIn(
  { groups, participants }: Pick<CourseSnapshot, 'groups' | 'participants'>,
  rules: MoodleRules,
): (participant: Participant) => boolean {
  const ids = new Set(
    groups.filter((group) => isExemptGroup(group, rules)).flatMap(({ members }) => [...members]),
  );
  const rutOf = ({ account }: Participant): string | null => {
    const { rut } = readIdentity(account, rules);
    return rut && formatRut(rut);
  };
  const ruts = new Set(participants.filter(({ account }) => ids.has(account.id)).map(rutOf));
  ruts.delete(null);
  return (participant) => ids.has(participant.account.id) || (ruts.size > 0 && ruts.has(rutOf(participant)));
}

/** Of exempt groups that no course read has: a name spelled otherwise would report whom nobody wants reported. */
export function unknownExempt(snapshots: readonly CourseSnapshot[], rules: MoodleRules): Issue[] {
  const nowhere = (rules.gruposExentos ?? []).filter(
    (wanted) => !snapshots.some(({ groups }) => groups.some((group) => isGroup(group, wanted))),
  );
  if (snapshots.length === 0 || nowhere.length === 0) return [];
  return [
    warning({
      message: `Ningún curso leído tiene un grupo ${listed(nowhere)}, de \`gruposExentos\` en puente.yaml: por él no queda nadie sin informar.`,
      fix: 'Escriba el nombre exacto del grupo en Moodle (Participantes → Grupos), o quítelo de `gruposExentos`.',
    }),
  ];
}
