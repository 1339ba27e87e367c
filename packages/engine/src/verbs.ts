// Signatures only, so that others can build on them; each verb gets its file with its implementation.
import type { Ledger } from './ledger/ledger.ts';
import type { Filters, PlanRequest, SendRequest } from './request.ts';
import type { ErrorAbierto, PreviewResult, Resuelto, SendResult } from './results.ts';

/** Opens (and creates, and migrates) the ledger in the state folder; the caller closes it. */
export declare function openLedger(datos: string): Promise<Ledger>;
/** What would be sent now. Never calls the Gestor, writes nothing. */
export declare function preview(request: PlanRequest): Promise<PreviewResult>;
/** Sends; returns at once also when an outcome is not known. Throws only for bugs. */
export declare function send(request: SendRequest): Promise<SendResult>;
/** 0 all well; 1 some rejected or held; 2 a source's files or settings; 3 nothing sent; 4 an outcome is unknown. */
export declare function exitCodeOf(result: SendResult): 0 | 1 | 2 | 3 | 4;
/** What is refused or held, by student, oldest first. */
export declare function errors(
  ledger: Ledger,
  filters?: Omit<Filters, 'soloErrores'>,
): Promise<ErrorAbierto[]>;
/** Asks the history for every uncertain envío. */
export declare function settle(
  request: Pick<SendRequest, 'ledger' | 'otecs' | 'clientFor' | 'clock' | 'signal'>,
): Promise<Resuelto[]>;
