import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { declareArchivar } from './gestor/archivar.ts';
import { declareCertificar } from './gestor/certificar.ts';
import { declareEspejo } from './gestor/espejo.ts';
import { declareImportar } from './gestor/importar.ts';
import { declareImportarValores } from './gestor/importar-valores.ts';
import { declarePublicar } from './gestor/publicar.ts';
import { declareSandbox } from './gestor/sandbox.ts';
import { declareServir } from './gestor/servir.ts';

export function declareGestor(program: Command, context: Context): void {
  const gestor = program
    .command('gestor')
    .description('el Gestor Intermedio propio: para probar, aprender o integrar');
  declareServir(gestor, context);
  declareSandbox(gestor, context);
  declareCertificar(gestor, context);
  declareImportar(gestor, context);
  declareImportarValores(gestor, context);
  declareEspejo(gestor, context);
  declarePublicar(gestor, context);
  declareArchivar(gestor, context);
}
