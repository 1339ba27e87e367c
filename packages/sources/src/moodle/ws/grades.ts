import type { Grade, GradeItem } from '../site.ts';
import type { GradeTree, WsGradeItem, WsUserGrades } from './schemas.ts';
import { unescapeHtml, visibleText } from './text.ts';

/** Names of grade categories by their id. */
export type CategoryNames = Map<number, string>;

export interface GradeReading {
  gradeItems: GradeItem[];
  grades: Map<number, Map<number, Grade>>;
}

/**
 * Items and grades from `gradereport_user_get_grade_items`. `graderaw` is the final grade in spite of its name,
 * and the range of a total is each student's own. Category rows carry no name: it is looked up.
 */
export function readGrades(usergrades: WsUserGrades[], names: CategoryNames): GradeReading {
  const items = new Map<number, GradeItem>();
  const grades = new Map<number, Map<number, Grade>>();
  for (const { userid, gradeitems } of usergrades) {
    const own = new Map<number, Grade>();
    for (const item of gradeitems) {
      const type = typeOf(item);
      if (type === null) continue;
      const known = items.get(item.id);
      items.set(item.id, {
        id: item.id,
        type,
        name: nameOf(item, names),
        gradeType: item.scaleid ? 2 : 1,
        needsUpdate: known?.needsUpdate === true || item.gradeneedsupdate === true,
      });
      own.set(item.id, {
        final: item.graderaw ?? null,
        min: item.grademin,
        max: item.grademax,
        overridden: item.gradeisoverridden === true,
      });
    }
    grades.set(userid, own);
  }
  return { gradeItems: [...items.values()], grades };
}

function typeOf({ itemtype }: WsGradeItem): GradeItem['type'] | null {
  return itemtype === 'course' || itemtype === 'category' || itemtype === 'mod' || itemtype === 'manual'
    ? itemtype
    : null;
}

function nameOf({ itemtype, itemname, iteminstance }: WsGradeItem, names: CategoryNames): string | null {
  return itemtype === 'category' ? (names.get(iteminstance ?? 0) ?? null) : (itemname ?? null);
}

/** From `core_grades_get_grade_tree`: every category, the empty ones too. */
export function namesFromTree(tree: GradeTree): CategoryNames {
  const names: CategoryNames = new Map();
  const walk = (node: GradeTree): void => {
    if (!node.iscategory) return;
    names.set(node.id, unescapeHtml(node.name));
    for (const child of node.children ?? []) walk(child);
  };
  walk(tree);
  return names;
}

/** From `core_grades_get_gradeitems`, which names the category of each item: categories that hold items directly. */
export function namesFromItems(
  named: { id: number; category: string }[],
  usergrades: WsUserGrades[],
): CategoryNames {
  const categoryOf = new Map(named.map(({ id, category }) => [id, unescapeHtml(category)]));
  const names: CategoryNames = new Map();
  for (const item of usergrades.flatMap(({ gradeitems }) => gradeitems)) {
    const name = categoryOf.get(item.id);
    if (name !== undefined && item.categoryid) names.set(item.categoryid, name);
  }
  return names;
}

/** From the rows of `gradereport_user_get_grades_table`, whose heading cells are called `cat_<category>_<user>`. */
export function namesFromTable(
  rows: { id?: string | undefined; class: string; content: string }[],
): CategoryNames {
  const names: CategoryNames = new Map();
  for (const row of rows) {
    const category = /^cat_(\d+)_\d+$/.exec(row.id ?? '')?.[1];
    if (category !== undefined) names.set(Number(category), visibleText(row.content));
  }
  return names;
}
