import type { ModuleTree } from '../../source.ts';
import type { Activity } from './activities.ts';
import type { JudgedCourse } from './judged.ts';
import { kindName } from './kinds.ts';
import type { ReportedModule } from './modules.ts';
import { oneLanguage } from './text.ts';

/** The modules of a judged course, for people to see what counts; the same for each of its groups. */
export function moduleTreesOf({ modules }: Pick<JudgedCourse, 'modules'>): ModuleTree[] {
  return modules.map((module) => ({
    codigoModulo: module.codigoModulo,
    title: titleOf(module),
    activities: module.activities.map(activityOf),
  }));
}

function activityOf({ module, required, synchronous }: Activity): ModuleTree['activities'][number] {
  return { name: oneLanguage(module.name), type: kindName(module.type), required, synchronous };
}

/** The section's name without the code that begins or ends it, which is told beside it. */
function titleOf({ codigoModulo, sections: [section] }: ReportedModule): string {
  const name = oneLanguage(section?.name ?? '');
  const at = name.toUpperCase().indexOf(codigoModulo.toUpperCase());
  const end = at + codigoModulo.length;
  const isEdge = at === 0 || (at > 0 && end === name.length);
  const rest = isEdge ? (name.slice(0, at) + name.slice(end)).replace(SEPARATORS, '') : name;
  return rest || codigoModulo;
}

/** What stands between a name and its code, once the code is gone. */
const SEPARATORS = /^[\s/|:·–—-]+|[\s/|:·–—-]+$/g;
