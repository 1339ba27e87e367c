import type { ZodType } from 'zod';
import type { WsClient } from './call.ts';
import { WsError } from './errors.ts';
import { missingFunctions } from './exceptions.ts';
import type { Parameter } from './form.ts';
import { REQUIRED_FUNCTIONS, type WsFunction } from './functions.ts';
import * as shape from './schemas.ts';

/** Accounts asked for in one call. */
const ACCOUNTS_PER_CALL = 100;
/** Rows of a report in one page: 1000 was seen to work. */
const ROWS_PER_PAGE = 1000;
/** Dates and durations of a report come as text: in this zone, whatever the service user's. */
const REPORT_SETTINGS = { moodlewssettingtimezone: 'America/Santiago' };
const USER_FIELDS = 'id,username,idnumber,firstname,lastname,fullname,roles,customfields';

/** The functions that are read, by what they give. Nothing of Moodle is ever changed by them. */
export class WsApi {
  readonly #client: WsClient;
  #site: Promise<shape.SiteInfo> | undefined;

  constructor(client: WsClient) {
    this.#client = client;
  }

  /**
   * Who the token belongs to and what its service can do; asked once.
   * @throws {SourceError} the service lacks functions without which nothing can be read; all of them are named.
   */
  async site(signal?: AbortSignal): Promise<shape.SiteInfo> {
    this.#site ??= this.#call('core_webservice_get_site_info', {}, shape.siteInfo, signal);
    // A failure is not kept: the next question asks again.
    const site = await this.#site.catch((error: unknown) => {
      this.#site = undefined;
      throw error;
    });
    const has = new Set(site.functions.map(({ name }) => name));
    const lacking = Object.keys(REQUIRED_FUNCTIONS).filter((name) => !has.has(name));
    if (lacking.length > 0) throw missingFunctions(lacking);
    return site;
  }

  async has(wsfunction: WsFunction, signal?: AbortSignal): Promise<boolean> {
    const { functions } = await this.site(signal);
    return functions.some(({ name }) => name === wsfunction);
  }

  async courses(signal?: AbortSignal): Promise<shape.WsCourse[]> {
    return (await this.#call('core_course_get_courses_by_field', {}, shape.courses, signal)).courses;
  }

  contents(courseid: number, signal?: AbortSignal): Promise<shape.WsSection[]> {
    const options = [{ name: 'excludecontents', value: true }];
    return this.#call('core_course_get_contents', { courseid, options }, shape.contents, signal);
  }

  enrolled(courseid: number, signal?: AbortSignal): Promise<shape.WsUser[]> {
    const options = [{ name: 'userfields', value: USER_FIELDS }];
    return this.#call('core_enrol_get_enrolled_users', { courseid, options }, shape.users, signal);
  }

  async activelyEnrolled(courseid: number, signal?: AbortSignal): Promise<Set<number>> {
    const options = [
      { name: 'onlyactive', value: true },
      { name: 'userfields', value: 'id' },
    ];
    const users = await this.#call(
      'core_enrol_get_enrolled_users',
      { courseid, options },
      shape.users,
      signal,
    );
    return new Set(users.map(({ id }) => id));
  }

  /** Accounts suspended or not; who may not be looked at is not in it. */
  async suspended(userIds: number[], signal?: AbortSignal): Promise<Map<number, boolean>> {
    const told = new Map<number, boolean>();
    for (let from = 0; from < userIds.length; from += ACCOUNTS_PER_CALL) {
      const values = userIds.slice(from, from + ACCOUNTS_PER_CALL);
      const parameters = { field: 'id', values };
      const accounts = await this.#call('core_user_get_users_by_field', parameters, shape.accounts, signal);
      for (const { id, suspended } of accounts) if (suspended !== undefined) told.set(id, Boolean(suspended));
    }
    return told;
  }

  groups(courseid: number, signal?: AbortSignal) {
    return this.#call('core_group_get_course_groups', { courseid }, shape.groups, signal);
  }

  async groupMembers(groupids: number[], signal?: AbortSignal) {
    if (groupids.length === 0) return [];
    return this.#call('core_group_get_group_members', { groupids }, shape.groupMembers, signal);
  }

  groupings(courseid: number, signal?: AbortSignal) {
    return this.#call('core_group_get_course_groupings', { courseid }, shape.groupings, signal);
  }

  async groupingsWithGroups(groupingids: number[], signal?: AbortSignal) {
    if (groupingids.length === 0) return [];
    const parameters = { groupingids, returngroups: true };
    return this.#call('core_group_get_groupings', parameters, shape.groupings, signal);
  }

  async completion(courseid: number, userid: number, signal?: AbortSignal): Promise<shape.WsStatus[]> {
    const name = 'core_completion_get_activities_completion_status';
    return (await this.#call(name, { courseid, userid }, shape.statuses, signal)).statuses;
  }

  /** Course modules that the course's own completion asks for; null: it asks for none. */
  async criteria(courseid: number, userid: number, signal?: AbortSignal): Promise<number[] | null> {
    const name = 'core_completion_get_course_completion_status';
    const answer = await this.#call(name, { courseid, userid }, shape.courseCompletion, signal).catch(
      (error: unknown) => {
        if (error instanceof WsError && error.errorcode === 'nocriteriaset') return null;
        throw error;
      },
    );
    if (!answer) return null;
    const links = answer.completionstatus.completions.map(({ details }) => details.criteria);
    return links
      .map((link) => /\/mod\/\w+\/view\.php\?id=(\d+)/.exec(link)?.[1])
      .filter((cmid) => cmid !== undefined)
      .map(Number);
  }

  /** Everybody's grades in one call with `userid` 0. */
  async grades(courseid: number, userid: number, signal?: AbortSignal): Promise<shape.WsUserGrades[]> {
    const name = 'gradereport_user_get_grade_items';
    return (await this.#call(name, { courseid, userid }, shape.gradeItems, signal)).usergrades;
  }

  async gradeItemNames(courseid: number, signal?: AbortSignal) {
    return (await this.#call('core_grades_get_gradeitems', { courseid }, shape.gradeItemNames, signal))
      .gradeItems;
  }

  gradeTree(courseid: number, signal?: AbortSignal): Promise<shape.GradeTree> {
    return this.#call('core_grades_get_grade_tree', { courseid }, shape.gradeTree, signal);
  }

  async gradesTable(courseid: number, userid: number, signal?: AbortSignal) {
    const name = 'gradereport_user_get_grades_table';
    const { tables } = await this.#call(name, { courseid, userid }, shape.gradesTable, signal);
    return tables.flatMap(({ tabledata }) => tabledata.flatMap(({ itemname }) => itemname ?? []));
  }

  async liveClasses(courseid: number, signal?: AbortSignal) {
    const name = 'mod_bigbluebuttonbn_get_bigbluebuttonbns_by_courses';
    const { bigbluebuttonbns } = await this.#call(name, { courseids: [courseid] }, shape.liveClasses, signal);
    return bigbluebuttonbns.filter(({ course }) => course === courseid);
  }

  /** A whole report of the report builder, its rows as the display text they are. */
  async report(reportid: number, signal?: AbortSignal): Promise<{ headers: string[]; rows: string[][] }> {
    const rows: string[][] = [];
    for (let page = 0; ; page += 1) {
      const parameters = { reportid, page, perpage: ROWS_PER_PAGE, ...REPORT_SETTINGS };
      const { data } = await this.#call(
        'core_reportbuilder_retrieve_report',
        parameters,
        shape.report,
        signal,
      );
      rows.push(...data.rows.map(({ columns }) => columns.map((text) => text ?? '')));
      if (data.rows.length === 0 || rows.length >= data.totalrowcount) return { headers: data.headers, rows };
    }
  }

  #call<T>(
    wsfunction: WsFunction,
    parameters: Record<string, Parameter>,
    schema: ZodType<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.#client.call(wsfunction, parameters, schema, signal);
  }
}
