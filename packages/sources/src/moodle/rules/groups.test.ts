import { describe, expect, it } from 'vitest';
import { aCourse } from '../../../test/moodle/snapshot.ts';
import type { CourseSelection } from '../../source.ts';
import type { Group, Grouping } from '../site.ts';
import { senceGroups } from './groups.ts';
import { MoodleLinks } from './links.ts';

const group = (id: number, name: string, members: number[] = []): Group => ({
  id,
  name,
  idnumber: '',
  members: new Set(members),
});
const codes = (groups: Group[], selections: Partial<CourseSelection>[] = [], groupings: Grouping[] = []) => {
  const course = aCourse({ shortname: 'CAP-1' });
  const found = senceGroups(
    { course, groups, groupings },
    selections.map((one) => ({ curso: 'CAP-1', ...one })),
    new MoodleLinks(undefined),
  );
  return {
    pairs: found.groups.map((one) => [one.codigoOferta, one.codigoGrupo, one.group?.id ?? null]),
    told: [...found.findings, ...found.missing.map(({ issue }) => issue)].map(({ message }) => message),
  };
};
const sence = (...ids: number[]): Grouping => ({ id: 1, name: 'Secciones SENCE', groupIds: new Set(ids) });

describe('SENCE groups', () => {
  it('a course without groups uses its own code, which puente.yaml may rename', () => {
    expect(codes([]).pairs).toEqual([['CAP-1', 'CAP-1', null]]);
    expect(codes([], [{ codigoOferta: 'OF-9' }]).pairs).toEqual([['OF-9', 'OF-9', null]]);
  });

  it('are those of a grouping that says SENCE', () => {
    const groups = [group(1, 'S-1 '), group(2, 'S-2'), group(3, 'CAP-1-WhatsApp')];
    expect(codes(groups, [], [{ ...sence(1, 2), name: 'secciones sence 2026' }]).pairs).toEqual([
      ['CAP-1', 'S-1', 1],
      ['CAP-1', 'S-2', 2],
    ]);
  });

  it("else those whose name begins with the course's code", () => {
    expect(codes([group(1, 'cap-1-A'), group(2, 'Grupo WhatsApp 💬')]).pairs).toEqual([
      ['CAP-1', 'CAP-1-A', 1],
    ]);
    expect(codes([group(1, 'OF-9-A'), group(2, 'CAP-1')], [{ codigoOferta: 'OF-9' }]).pairs).toEqual([
      ['OF-9', 'OF-9-A', 1],
    ]);
  });

  it('whose name has other dashes, blanks or letters that nobody sees are the same', () => {
    expect(codes([group(1, 'CAP–1–A\u200b'), group(2, '\u00a0CAP-1-b')]).pairs).toEqual([
      ['CAP-1', 'CAP-1-A', 1],
      ['CAP-1', 'CAP-1-B', 2],
    ]);
    expect(codes([group(1, 'CAP-1-A', [5]), group(2, 'CAP–1–A', [6])])).toEqual({
      pairs: [['CAP-1', 'CAP-1-A', 1]],
      told: [expect.stringContaining('más de un grupo con el mismo nombre')],
    });
    expect(codes([group(1, 'cap-2')], [], [sence(1)]).pairs).toEqual([['CAP-1', 'CAP-2', 1]]);
    // Words are no code, and what does not begin with the course's may be meant so.
    expect(codes([group(1, 'cap-1 tarde'), group(2, 's-1')], [], [sence(1, 2)]).pairs).toEqual([
      ['CAP-1', 'cap-1 tarde', 1],
      ['CAP-1', 's-1', 2],
    ]);
  });

  it('are told to be none where none can be recognised', () => {
    const { pairs, told } = codes([group(1, 'Grupo WhatsApp 💬')]);
    expect(pairs).toEqual([]);
    expect(told).toEqual([expect.stringContaining('«Grupo WhatsApp 💬»')]);
  });

  it("puente.yaml's go before all: `grupo` selects, `codigoGrupo` renames", () => {
    const groups = [group(1, 'A'), group(2, 'B'), group(3, 'C')];
    expect(codes(groups, [{ grupo: ' a', codigoGrupo: 'S-1' }, { grupo: '2' }], [sence(3)]).pairs).toEqual([
      ['CAP-1', 'S-1', 1],
      ['CAP-1', '2', 2],
    ]);
  });

  it('a lone codigoGrupo is everybody’s', () => {
    expect(codes([group(1, 'S-1')], [{ codigoGrupo: 'S-1' }]).pairs).toEqual([['CAP-1', 'S-1', null]]);
  });

  it('several codigoGrupo of one course each mean the group of that name', () => {
    const groups = [group(1, 'S-1'), group(2, 'S-2')];
    expect(codes(groups, [{ codigoGrupo: 'S-1' }, { codigoGrupo: 'S-2' }]).pairs).toEqual([
      ['CAP-1', 'S-1', 1],
      ['CAP-1', 'S-2', 2],
    ]);
  });

  it('two of one name are one section, with everybody of both, and told', () => {
    const groups = [group(1, 'CAP-1-A', [5]), group(2, 'cap-1-a ', [6, 7]), group(3, 'CAP-1-B', [8])];
    for (const selections of [[], [{ grupo: 'CAP-1-A' }, { grupo: 'CAP-1-B' }]]) {
      const { pairs, told } = codes(groups, selections);
      expect(pairs).toEqual([
        ['CAP-1', 'CAP-1-A', 1],
        ['CAP-1', 'CAP-1-B', 3],
      ]);
      expect(told).toEqual([expect.stringMatching(/mismo nombre.*cap-1-a, con 2 más/)]);
    }
    const course = aCourse({ shortname: 'CAP-1' });
    const found = senceGroups({ course, groups, groupings: [] }, [], new MoodleLinks(undefined));
    expect([...(found.groups[0]?.group?.members ?? [])]).toEqual([5, 6, 7]);
    expect(codes(groups, [{ grupo: '2' }]).pairs).toEqual([['CAP-1', '2', 2]]);
  });

  it('an entry that names no group beside others that do is told', () => {
    const { pairs, told } = codes([group(1, 'A')], [{ grupo: 'A' }, {}]);
    expect(pairs).toEqual([['CAP-1', 'A', 1]]);
    expect(told).toEqual([expect.stringMatching(/varias veces.*no dice qué grupo/)]);
  });

  it('a group that is not there is told with those that are', () => {
    const { pairs, told } = codes([group(1, 'A')], [{ grupo: 'Z' }]);
    expect(pairs).toEqual([]);
    expect(told).toEqual([expect.stringMatching(/«Z».*«A»/)]);
  });
});
