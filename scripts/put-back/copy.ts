import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import type { PutBack } from './fault.ts';

/** A copy of what is built, with the fault in it: it starts as quickly as the real one. */
export function builtWith(fault: PutBack, root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'puente-vuelta-'));
  for (const name of SIMULATED) {
    for (const part of ['dist', 'package.json'])
      cpSync(join(root, 'packages', name, part), join(copy, 'packages', name, part), { recursive: true });
  }
  installed(root, copy);
  build(fault, root, copy);
  return copy;
}

/** Others' packages are the repository's; ours are the copy's own, else a program that a test starts would run the sound ones. */
function installed(root: string, copy: string): void {
  const scope = join(copy, 'node_modules/@puente-sic');
  mkdirSync(scope, { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@puente-sic') continue;
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name), 'junction');
  }
  for (const name of readdirSync(join(copy, 'packages')))
    symlinkSync(join(copy, 'packages', name), join(scope, name), 'junction');
}

/** Puts the fault into what is built. */
function build(fault: PutBack, root: string, copy: string): void {
  const { compilerOptions } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile).config;
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, root);
  const { outputText } = ts.transpileModule(faulty(fault, root), {
    // By itself a file does not tell that its package is one of modules.
    compilerOptions: { ...options, module: ts.ModuleKind.ESNext, sourceMap: false, declaration: false },
  });
  const built = fault.file.replace('/src/', '/dist/').replace(/\.ts$/, '.js');
  writeFileSync(join(copy, built), outputText);
}

/** A copy of the sources, of what is built for tests that start programs, and of the tests; with the fault in it, or sound. */
export function sourcesWith(fault: PutBack | null, root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'puente-vuelta-'));
  for (const part of ['packages', 'scripts', 'test', 'package.json', 'tsconfig.json', 'tsconfig.base.json'])
    cpSync(join(root, part), join(copy, part), {
      recursive: true,
      filter: (path) => !/[\\/]node_modules([\\/]|$)/.test(path.slice(root.length)),
    });
  installed(root, copy);
  // Without the build that the tests of the repository begin with.
  const config = readFileSync(join(root, 'vitest.config.ts'), 'utf8');
  writeFileSync(join(copy, 'vitest.config.ts'), config.replace(/^.*globalSetup.*\n/gm, ''));
  if (fault === null) return copy;
  writeFileSync(join(copy, fault.file), faulty(fault, root));
  build(fault, root, copy);
  return copy;
}

function faulty({ name, file, replace }: PutBack, root: string): string {
  return replace.reduce(
    (source, [from, to]) => {
      const parts = source.split(from);
      if (parts.length !== 2)
        throw new Error(`«${name}»: found ${parts.length - 1} times in ${file}: ${from}`);
      return parts.join(to);
    },
    readFileSync(join(root, file), 'utf8'),
  );
}

/** What a simulation is made of. */
const SIMULATED = ['client', 'engine', 'gestor', 'protocol', 'sources', 'store', 'testing'];
