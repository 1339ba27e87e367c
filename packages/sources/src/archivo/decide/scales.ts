/** What a column of times in plain numbers can be answered. */
export const TIME_UNITS = ['milisegundos', 'segundos', 'minutos', 'horas', 'dias'] as const;

/** Of progress; `0-1`: a progress of 1 is 100 %. */
export const PROGRESS_SCALES = ['0-1', '0-100'] as const;

/** Of marks; `1-7` and `10-70`: Chilean marks, with and without their sign. */
export const MARK_SCALES = ['1-7', '10-70', '0-10', '0-1', '0-100'] as const;

export type TimeUnit = (typeof TIME_UNITS)[number];

export type ProgressScale = (typeof PROGRESS_SCALES)[number];

export type MarkScale = (typeof MARK_SCALES)[number];
