import { z } from 'zod';

/** Whether somebody may reach something: now or some day, never any more (as things stand), or nobody can tell. */
export type Access = 'yes' | 'never' | 'maybe';

/** What access depends on, of one student at one moment. */
export interface Visitor {
  groups: ReadonlySet<number>;
  /** Grouping id → its groups. */
  groupings: ReadonlyMap<number, ReadonlySet<number>>;
  at: Date;
  /** The last moment at which the student is enrolled; null: no end. */
  end: Date | null;
  /** Can the student still complete this activity of the course? */
  canComplete(cmid: number): boolean;
}

interface Tree {
  op: string;
  c: unknown[];
}
const tree: z.ZodType<Tree> = z.object({ op: z.string(), c: z.array(z.unknown()) });
const date = z.object({ type: z.literal('date'), d: z.enum(['>=', '<']), t: z.number() });
const group = z.object({ type: z.literal('group'), id: z.number().optional() });
const grouping = z.object({ type: z.literal('grouping'), id: z.number() });
const completion = z.object({ type: z.literal('completion'), cm: z.number(), e: z.number() });
const leaf = z.union([date, group, grouping, completion]);

/** What restricts access for good. */
export type Barrier = 'grupo' | 'fecha' | 'actividad';

/**
 * Moodle's restrictions of access (`availability`, a tree of conditions as JSON) for one student. Conditions that
 * depend on what the student may still do (grades, profile, plugins) are `maybe`: only what is certain is told.
 */
export function accessOf(json: string, visitor: Visitor): { access: Access; barriers: Set<Barrier> } {
  const barriers = new Set<Barrier>();
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { access: 'maybe', barriers };
  }
  const access = accessOfNode(value, visitor, false, barriers);
  return { access, barriers: access === 'never' ? barriers : new Set() };
}

/** Negations are pushed down to the conditions: of a moment to come, the contrary is not simply the other answer. */
function accessOfNode(node: unknown, visitor: Visitor, not: boolean, barriers: Set<Barrier>): Access {
  const branch = tree.safeParse(node);
  if (!branch.success) return accessOfLeaf(node, visitor, not, barriers);
  const { op, c } = branch.data;
  const negated = op.startsWith('!') !== not;
  const parts = c.map((child) => accessOfNode(child, visitor, negated, barriers));
  if (parts.length === 0) return 'yes';
  const every = op.endsWith('&') !== negated;
  if (every) return parts.includes('never') ? 'never' : parts.includes('maybe') ? 'maybe' : 'yes';
  return parts.includes('yes') ? 'yes' : parts.includes('maybe') ? 'maybe' : 'never';
}

function accessOfLeaf(node: unknown, visitor: Visitor, not: boolean, barriers: Set<Barrier>): Access {
  const read = leaf.safeParse(node);
  if (!read.success) return 'maybe';
  const condition = read.data;
  const because = (barrier: Barrier, open: boolean): Access => {
    if (!open) barriers.add(barrier);
    return open ? 'yes' : 'never';
  };
  if (condition.type === 'group') {
    const { id } = condition;
    const member = id === undefined ? visitor.groups.size > 0 : visitor.groups.has(id);
    return because('grupo', member !== not);
  }
  if (condition.type === 'grouping') {
    const groups = visitor.groupings.get(condition.id) ?? new Set();
    return because('grupo', [...visitor.groups].some((id) => groups.has(id)) !== not);
  }
  if (condition.type === 'completion') {
    const possible = not || condition.e === 0 || condition.cm <= 0 || visitor.canComplete(condition.cm);
    return possible ? 'maybe' : because('actividad', false);
  }
  const moment = condition.t * 1000;
  const opens = (condition.d === '>=') !== not;
  if (!opens) return because('fecha', visitor.at.getTime() < moment);
  if (visitor.at.getTime() >= moment) return 'yes';
  return visitor.end !== null && visitor.end.getTime() < moment ? because('fecha', false) : 'maybe';
}
