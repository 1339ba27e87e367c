import type { Issue } from '@puente-sic/protocol';
import { type Choice, notGivenOf } from '../../rules/choice.ts';
import type { StudentExplanation } from '../../rules/explanation.ts';
import { failure, warning } from '../../rules/findings.ts';
import { DEFAULT_RULES } from '../../rules/settings.ts';
import {
  type CourseSummary,
  issuesOf,
  type NotGiven,
  type Reading,
  type ReadRequest,
  type Source,
  SourceError,
} from '../../source.ts';
import { explainStudent } from '../explain.ts';
import { checkedRules } from '../rules/checked.ts';
import { chosenCourses } from '../rules/choice.ts';
import { judgeCourse } from '../rules/judge.ts';
import { MoodleLinks } from '../rules/links.ts';
import { readingOf } from '../rules/reading.ts';
import { oneLanguage } from '../rules/text.ts';
import type { MoodleRules } from '../settings.ts';
import type { CourseSnapshot } from '../site.ts';
import { isUnencrypted } from './address.ts';
import { WsApi } from './api.ts';
import { type WsClient, wsClient } from './call.ts';
import { readCourse, type WsCourseReading } from './course.ts';
import { LogShelf } from './csv-shelf.ts';
import { type EnrolmentReport, enrolmentDates } from './enrolment-report.ts';
import { WsError, WsShapeError } from './errors.ts';
import { noisy } from './noise.ts';
import { OptionalCalls } from './optional.ts';
import { type Resumable, Resume } from './resume.ts';
import type { WsCourse } from './schemas.ts';
import type { MoodleWsSettings } from './settings.ts';
import { readTimesFrom } from './time.ts';

/** A Moodle site read by its web services, with a token. Nothing is ever changed in it. */
export function moodleWsSource(settings: MoodleWsSettings): MoodleWs {
  return new MoodleWs(settings);
}

/** A reading under way. */
type UnderWay = ReadRequest & { signal: AbortSignal; resume: Resumable };

/** One course as far as it can be examined: without time spent where no choice was made for it. */
export interface Examined {
  snapshots: CourseSnapshot[];
  /** What the reader met: missing permissions, functions, courses that could not be read. */
  findings: Issue[];
  /** What it met and nothing that is sent depends on. */
  advice: Issue[];
  /** By which the source judges. */
  reglas: MoodleRules;
}

export class MoodleWs implements Source {
  readonly name: string;
  readonly #settings: MoodleWsSettings;
  readonly #rules: MoodleRules;
  readonly #client: WsClient;
  readonly #api: WsApi;
  readonly #links: MoodleLinks;
  readonly #resume: Resume;
  readonly #logs = new LogShelf();

  /** @throws {SourceError} the address cannot be read. */
  constructor(settings: MoodleWsSettings) {
    const { name, url, token, pauses, stateDir, clock = () => new Date() } = settings;
    this.name = name;
    this.#settings = settings;
    this.#rules = checkedRules({ ...DEFAULT_RULES, ...settings.reglas });
    this.#client = wsClient({ url, token, ...(pauses && { pauses }) });
    this.#api = new WsApi(this.#client);
    this.#links = new MoodleLinks(this.#client.site);
    this.#resume = new Resume(this.#client.site, stateDir, clock);
  }

  async listCourses(signal?: AbortSignal): Promise<CourseSummary[]> {
    signal?.throwIfAborted();
    await this.#api.site(signal);
    return summaries(await this.#api.courses(signal));
  }

  async read(request: ReadRequest): Promise<Reading> {
    return this.#within(request.signal, async (signal, resume) => {
      const { choice, readings, failed, findings, snapshots, ofTime } = await this.#readWithTime({
        ...{ ...request, signal, resume },
      });
      const reading = readingOf(snapshots, choice, this.#rules, this.#links, ofTime);
      reading.findings.push(...findings);
      reading.notGiven.push(...failed);
      for (const { snapshot, refused, findings: own } of readings) {
        const { id } = snapshot.course;
        if (refused)
          reading.notGiven.push(...notGivenOf(choice, id, { cause: 'withheld', issues: [refused] }));
        else tell(reading, id, own, ofTime.get(id) ?? []);
      }
      resume.end(new Set(readings.map(({ snapshot }) => snapshot.course.id)));
      return reading;
    });
  }

  /**
   * How each figure of a student came about. Clicks are not told: web services do not show them.
   * Null: Moodle has no such course, or nobody in it has this RUT.
   */
  async explain({ rut, ...request }: ReadRequest & { rut: string }): Promise<StudentExplanation | null> {
    return this.#within(request.signal, async (signal, resume) => {
      const { choice, snapshots } = await this.#readWithTime({ ...request, signal, resume });
      for (const snapshot of snapshots) {
        const selections = choice.selections.get(String(snapshot.course.id)) ?? [];
        const judged = judgeCourse(snapshot, this.#rules, selections, this.#links);
        const explanation = explainStudent(judged, rut, this.#rules, null);
        if (explanation) return explanation;
      }
      return null;
    });
  }

  /** Everything that the doctor looks at; no choice of time is needed for it. */
  async examine(request: ReadRequest): Promise<Examined> {
    return this.#within(request.signal, async (signal, resume) => {
      const { choice, readings, failed, findings } = await this.#readCourses({ ...request, signal, resume });
      return {
        snapshots: readings.map(({ snapshot }) => ({ ...snapshot, time: null })),
        findings: [
          ...(this.#settings.tiempo ? [] : [failure(NO_CHOICE_OF_TIME)]),
          ...issuesOf(choice.notGiven),
          ...findings,
          ...issuesOf(failed),
          ...readings.flatMap(({ refused, findings: own }) => (refused ? [refused, ...own] : own)),
        ],
        advice: readings.flatMap(({ advice }) => advice),
        reglas: this.#rules,
      };
    });
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** The courses that may be sent, with the time that was asked for. */
  async #readWithTime(request: UnderWay) {
    const { tiempo } = this.#settings;
    if (!tiempo) throw new SourceError('wrong', NO_CHOICE_OF_TIME.message, NO_CHOICE_OF_TIME.fix);
    const { choice, readings, failed, findings } = await this.#readCourses(request);
    const whole = readings.filter(({ refused }) => refused === null).map(({ snapshot }) => snapshot);
    const { times, findings: ofTime } = await readTimesFrom(tiempo, this.#api, this.#settings, {
      courses: whole,
      at: request.at,
      rules: this.#rules,
      signal: request.signal,
      logs: this.#logs,
    });
    const snapshots = whole.map(
      (snapshot): CourseSnapshot => ({
        ...snapshot,
        time: times.get(snapshot.course.id) ?? null,
      }),
    );
    return { choice, readings, failed, findings, snapshots, ofTime };
  }

  /**
   * One course after the other: what a cut leaves unread begins there again. One that fails stops no other, unless
   * two in a row show that the site is down: the rest is then not asked for, and what was read is given.
   */
  async #readCourses(
    request: UnderWay,
  ): Promise<{ choice: Choice; readings: WsCourseReading[]; failed: NotGiven[]; findings: Issue[] }> {
    const { at, signal, resume } = request;
    await this.#api.site(signal);
    const courses = await this.#api.courses(signal);
    const choice = chosenCourses(summaries(courses), request.courses);
    const dates = await this.#dates(signal);
    const readings: WsCourseReading[] = [];
    const failures: { course: WsCourse; error: WsError }[] = [];
    let down: WsError[] = [];
    const optional = new OptionalCalls(this.#api, signal);
    const wanted = courses.filter(({ id }) => choice.courses.some((one) => one.id === String(id)));
    for (const course of wanted) {
      if (down.length === 2) {
        failures.push({ course, error: down[0] as WsError });
        continue;
      }
      try {
        const reading = await readCourse(this.#api, {
          course,
          at,
          rules: this.#rules,
          links: this.#links,
          resume,
          optional,
          dates: dates ? dates.of(course) : null,
          onlyWithModules: choice.all,
          signal,
        });
        down = [];
        readings.push({ ...reading, findings: [...reading.findings, ...(dates?.findings(course) ?? [])] });
      } catch (error) {
        if (
          !(error instanceof WsError) ||
          !(error.ofCourse || (error.kind === 'down' && readings.length > 0))
        )
          throw error;
        failures.push({ course, error });
        if (error.kind === 'down') down.push(error);
      }
    }
    // What fails in every course is the site's: it is told once.
    if (readings.length === 0 && failures[0] && failures.length > 1) throw failures[0].error;
    const noise = this.#client.takeNoise();
    const findings = [
      ...(isUnencrypted(this.#client.site) ? [unencrypted(this.#client.site)] : []),
      ...(noise ? [noisy(noise)] : []),
      ...optional.findings(),
    ];
    const failed = failures.flatMap(({ course, error }) =>
      notGivenOf(choice, course.id, {
        cause: error instanceof WsShapeError ? 'unreadable' : 'down',
        issues: [notRead(course, error, this.#links)],
      }),
    );
    return { choice, readings, failed, findings };
  }

  async #dates(signal: AbortSignal): Promise<EnrolmentReport | null> {
    const { informeInscripciones: id } = this.#settings;
    return id === undefined ? null : enrolmentDates(id, await this.#api.report(id, signal));
  }

  /** What is still under way when one call fails is given up. */
  async #within<T>(
    outer: AbortSignal | undefined,
    work: (signal: AbortSignal, resume: Resumable) => Promise<T>,
  ): Promise<T> {
    outer?.throwIfAborted();
    const own = new AbortController();
    const resume = this.#resume.begin();
    try {
      return await work(outer ? AbortSignal.any([outer, own.signal]) : own.signal, resume);
    } catch (error) {
      const noise = this.#client.takeNoise();
      if (noise === null || !(error instanceof SourceError)) throw error;
      // Whoever mends the one thing should know of the other.
      const { message, fix } = noisy(noise);
      throw new SourceError(error.kind, error.message, `${error.fix} Además: ${message} ${fix}`, {
        cause: error,
      });
    } finally {
      own.abort();
      resume.end(new Set());
    }
  }
}

/** The front page of a site is a course too, always this one. */
const FRONT_PAGE = 1;

function summaries(courses: WsCourse[]): CourseSummary[] {
  return courses
    .filter(({ id }) => id !== FRONT_PAGE)
    .map(({ id, shortname, fullname }) => ({
      id: String(id),
      name: shortname,
      title: oneLanguage(fullname),
    }));
}

/** To the course's first tree. Of a course that gave none to the reading, but for what told there why it gave none. */
function tell(reading: Reading, courseId: number, findings: Issue[], ofTime: Issue[]): void {
  const tree = reading.courses.find(({ id }) => id === String(courseId));
  if (tree) tree.findings.push(...findings, ...ofTime);
  else reading.findings.push(...findings);
}

function notRead({ id, shortname }: WsCourse, { message, fix }: WsError, links: MoodleLinks): Issue {
  return failure({
    message: `El curso «${shortname}» no se pudo leer. ${message}`,
    fix,
    place: links.course(id) ?? shortname,
  });
}

const NO_CHOICE_OF_TIME = {
  message:
    'Falta decir de dónde sale el tiempo de conexión: Moodle no lo entrega por servicios web, y el puente no lo inventa ni manda 0.',
  fix: 'Agregue `tiempo` a la fuente en puente.yaml: `tiempo: { baseDeDatos: { url: … } }` para leerlo del registro en la base de datos (exacto, recomendado); `tiempo: { csv: carpeta }` para leerlo de los registros descargados de Moodle; o `tiempo: { informe: 3 }` para leerlo de un informe de block_dedication (solo el total del curso, en minutos, hasta anoche).',
};

function unencrypted(site: string): Issue {
  return warning({
    message: `El Moodle de ${site} se lee sin cifrar (http): el token y los datos de las personas quedan a la vista en la red.`,
    fix: 'Use la dirección con https. Si el Moodle no la tiene, pida a quien administra el servidor que instale un certificado.',
  });
}
