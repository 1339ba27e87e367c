import { spawn } from 'node:child_process';
import type { Context } from './context.ts';

/** Opens an address in the person's own browser; where that cannot be, says to do it by hand. */
export function openBrowser(url: string, { terminal, env }: Pick<Context, 'terminal' | 'env'>): void {
  const byHand = () => terminal.notice(`No se pudo abrir el navegador. Abra usted ${url}`);
  const [program, ...words] = openerOf(process.platform, url);
  try {
    const child = spawn(program, words, { stdio: 'ignore', detached: true, env });
    child.once('error', byHand);
    child.once('exit', (code) => code !== 0 && process.platform !== 'win32' && byHand());
    child.unref();
  } catch {
    byHand();
  }
}

/** What each system opens an address with; no shell reads it. */
function openerOf(platform: NodeJS.Platform, url: string): [string, ...string[]] {
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', url];
  return platform === 'darwin' ? ['open', url] : ['xdg-open', url];
}

/** The panel that another process of this computer shows at that port already; null: nobody, or somebody else. */
export async function runningPanel(puerto = 4350): Promise<string | null> {
  if (puerto === 0) return null;
  const url = `http://127.0.0.1:${puerto}`;
  try {
    const answer = await fetch(`${url}/vivo`, { signal: AbortSignal.timeout(2_000) });
    return answer.ok && (await answer.text()).trim() === 'vivo' ? url : null;
  } catch {
    return null;
  }
}
