import type { Progress } from '@puente-sic/engine';
import type { Terminal } from '../terminal.ts';
import { progressBar } from './progress.ts';

/** Shows a send as it goes on: which source is read, how many courses are done. */
export function sendProgress(terminal: Terminal): { on: (event: Progress) => void; clear: () => void } {
  const bar = progressBar(terminal);
  let done = 0;
  let courses = 0;
  return {
    clear: bar.clear,
    on: (event) => {
      switch (event.kind) {
        case 'reading':
          return bar.update(done, courses, `leyendo ${event.source}`);
        case 'planned':
          courses = event.courses;
          return bar.update(done, courses, 'preparado');
        case 'settling':
          return bar.update(done, courses, `averiguando ${event.codigoOferta}`);
        case 'sending':
          return bar.update(done, courses, `enviando ${event.codigoOferta}`);
        case 'course':
          done = event.done;
          return bar.update(done, event.courses, event.codigoOferta);
      }
    },
  };
}
