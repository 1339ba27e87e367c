import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const grade = z.object({
  final: z.number(),
  min: z.number(),
  max: z.number(),
  pct: z.number(),
  pct_rounded: z.number(),
});
const percentage = z.object({ required: z.number(), done: z.number(), pct: z.number().nullable() });

const student = z.object({
  userid: z.number(),
  username: z.string(),
  active: z.boolean(),
  why_not: z.array(z.string()),
  rut: z.string().nullable(),
  rut_status: z.string(),
  rut_fallback: z.object({ source: z.string(), rut: z.string() }).nullable(),
  groups: z.array(z.string()),
  time: z.object({ seconds: z.number(), course_level_seconds: z.number() }),
  completion: percentage,
  grade: grade.nullable(),
  sections: z.record(z.string(), percentage.extend({ seconds: z.number(), grade: grade.nullable() })),
});

const course = z.object({
  id: z.number(),
  shortname: z.string(),
  reference_time: z.number(),
  active_students: z.number(),
  sections: z.array(
    z.object({
      id: z.number(),
      name_raw: z.string().nullable(),
      code: z.string().nullable(),
      visible: z.number(),
      part_of: z.number().nullable(),
      required_cmids: z.array(z.number()),
    }),
  ),
  activities: z.array(
    z.object({
      cmid: z.number(),
      modname: z.string(),
      section_id: z.number(),
      visible: z.number(),
      deletioninprogress: z.number(),
      required: z.boolean(),
      synchronous: z.boolean(),
    }),
  ),
  students: z.array(student),
});

const expected = z.object({ limit_seconds: z.number(), courses: z.record(z.string(), course) });

/** What a separate program found in the dumps (FACTS section 9). */
export type ExpectedCourse = z.infer<typeof course>;
export type ExpectedStudent = z.infer<typeof student>;

export async function readExpected(folder: string): Promise<z.infer<typeof expected>> {
  return expected.parse(JSON.parse(await readFile(join(folder, 'EXPECTED.json'), 'utf8')));
}
