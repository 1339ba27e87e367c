import { moodleReport, REPORTS } from '../moodle/reports.ts';
import { error, several, warning } from './finding.ts';
import { cellText, type Grid, tablePlace } from './grid.ts';
import type { Roster } from './roster.ts';
import { strangersIn } from './strangers.ts';

/** Lines above the names (what the download is, who made it) that are looked through at most. */
const LINES_ABOVE = 10;
/** Enough to know a report by what stands in its columns. */
const ROWS_LOOKED_AT = 50;

/**
 * A table that is a download of one of Moodle's reports: an error that says which, alone or where it has people who are
 * in no other table; a word beside tables that have all of them.
 */
export function moodleReportIn(grid: Grid): Roster | null {
  const texts = grid.rows
    .slice(0, LINES_ABOVE + ROWS_LOOKED_AT)
    .map(({ cells }) => Array.from(cells, cellText));
  for (const [index, header] of texts.slice(0, LINES_ABOVE).entries()) {
    const kind = moodleReport(header, texts.slice(index + 1));
    if (kind === null) continue;
    const place = tablePlace(grid);
    const { name, lacks, fix } = REPORTS[kind];
    const people = strangersIn(grid, grid.rows).flatMap((each) => each.people);
    const who = people.length === 0 ? '' : ` En él están: ${several(people.map((each) => each.who))}.`;
    return {
      alone: error({
        message: `${place} es el informe «${name}» de Moodle: ${lacks}. No se leyó.${who}`,
        fix,
        place,
      }),
      beside: warning({
        message: `${place} es el informe «${name}» de Moodle, y no se usó: lo que se envía sale de las otras tablas.`,
        fix: 'Puede quedarse ahí.',
        place,
      }),
      ...(people.length > 0 && { keys: people.map(({ key }) => key) }),
    };
  }
  return null;
}
