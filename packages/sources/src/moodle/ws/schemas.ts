import { z } from 'zod';

/**
 * What is read of each web service's answer. Fields that a missing permission or an older Moodle (3.9 on) leaves
 * out are optional; all else is demanded, so that a changed answer is an error and never an empty list.
 */

/** Some functions give ids as text. */
const id = z.coerce.number<number | string>().int();

export const siteInfo = z.object({
  sitename: z.string(),
  siteurl: z.string(),
  userid: id,
  release: z.string().optional(),
  functions: z.array(z.object({ name: z.string() })),
  advancedfeatures: z.array(z.object({ name: z.string(), value: z.number() })).optional(),
});
export type SiteInfo = z.infer<typeof siteInfo>;

const course = z.object({
  id,
  shortname: z.string(),
  fullname: z.string(),
  idnumber: z.string().optional(),
  /** These are left out for who may not enter the course. */
  startdate: z.number().optional(),
  enddate: z.number().optional(),
  enablecompletion: z.number().nullish(),
  visible: z.number().nullish(),
  groupmode: z.number().nullish(),
});
export const courses = z.object({ courses: z.array(course) });
export type WsCourse = z.infer<typeof course>;

const completionRule = z.object({ rulename: z.string() });
const contentModule = z.object({
  id,
  name: z.string(),
  instance: id,
  modname: z.string(),
  visible: z.number(),
  completion: z.number().optional(),
  /** Only shown to who may edit the course. */
  availability: z.string().nullish(),
  completiondata: z.object({ details: z.array(completionRule).optional() }).nullish(),
});
const contentSection = z.object({
  id,
  name: z.string(),
  section: z.number(),
  visible: z.number(),
  component: z.string().nullish(),
  itemid: z.number().nullish(),
  modules: z.array(contentModule),
});
export const contents = z.array(contentSection);
export type WsSection = z.infer<typeof contentSection>;

const user = z.object({
  id,
  username: z.string().optional(),
  idnumber: z.string().optional(),
  firstname: z.string().optional(),
  lastname: z.string().optional(),
  fullname: z.string().optional(),
  roles: z.array(z.object({ shortname: z.string() })).optional(),
  customfields: z.array(z.object({ shortname: z.string(), value: z.string().nullable() })).optional(),
});
export const users = z.array(user);
export type WsUser = z.infer<typeof user>;

export const accounts = z.array(z.object({ id, suspended: z.union([z.boolean(), z.number()]).optional() }));

export const groups = z.array(z.object({ id, name: z.string(), idnumber: z.string().nullish() }));
export const groupMembers = z.array(z.object({ groupid: id, userids: z.array(id) }));
export const groupings = z.array(
  z.object({ id, name: z.string(), groups: z.array(z.object({ id })).optional() }),
);

const status = z.object({
  cmid: id,
  state: z.number(),
  timecompleted: z.number().nullish(),
  overrideby: z.number().nullish(),
  isoverallcomplete: z.boolean().nullish(),
  details: z.array(completionRule).optional(),
});
export const statuses = z.object({ statuses: z.array(status) });
export type WsStatus = z.infer<typeof status>;

/** The criteria by which a course is complete; the activity stands as a link. */
export const courseCompletion = z.object({
  completionstatus: z.object({
    completions: z.array(z.object({ type: z.number(), details: z.object({ criteria: z.string() }) })),
  }),
});

const gradeItem = z.object({
  id,
  itemname: z.string().nullish(),
  itemtype: z.string(),
  iteminstance: id.nullish(),
  categoryid: id.nullish(),
  scaleid: id.nullish(),
  cmid: id.nullish(),
  graderaw: z.number().nullish(),
  grademin: z.number(),
  grademax: z.number(),
  gradeishidden: z.boolean().optional(),
  gradeneedsupdate: z.boolean().optional(),
  gradeisoverridden: z.boolean().optional(),
});
export const gradeItems = z.object({
  usergrades: z.array(z.object({ userid: id, gradeitems: z.array(gradeItem) })),
});
export type WsGradeItem = z.infer<typeof gradeItem>;
export type WsUserGrades = z.infer<typeof gradeItems>['usergrades'][number];

/** Every item of the gradebook that is no total, hidden ones too, whoever asks. */
export const gradeItemNames = z.object({
  gradeItems: z.array(z.object({ id, itemname: z.string(), category: z.string() })),
});

export interface GradeTree {
  id: number;
  name: string;
  iscategory: boolean;
  children?: GradeTree[] | null | undefined;
}
const gradeTreeNode: z.ZodType<GradeTree> = z.lazy(() =>
  z.object({
    id,
    name: z.string(),
    iscategory: z.boolean(),
    children: z.array(gradeTreeNode).nullish(),
  }),
);
/** JSON inside a JSON string. */
export const gradeTree = z.string().transform((text, context) => {
  try {
    return gradeTreeNode.parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'not a grade tree' });
    return z.NEVER;
  }
});

/** The gradebook as HTML for the screen: before 4.4 nothing else names the categories. */
export const gradesTable = z.object({
  tables: z.array(
    z.object({
      tabledata: z.array(
        z.object({
          itemname: z
            .object({ id: z.string().optional(), class: z.string(), content: z.string() })
            .optional(),
        }),
      ),
    }),
  ),
});

export const liveClasses = z.object({
  bigbluebuttonbns: z.array(z.object({ coursemodule: id, course: id, name: z.string() })),
});

export const report = z.object({
  details: z.object({ name: z.string(), source: z.string() }),
  data: z.object({
    headers: z.array(z.string()),
    rows: z.array(z.object({ columns: z.array(z.string().nullable()) })),
    totalrowcount: z.number(),
  }),
});
