import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { declarePersonaBorrar } from './persona/borrar.ts';
import { declarePersonaExportar } from './persona/exportar.ts';
import { declarePersonaInformar } from './persona/informar.ts';

export function declarePersona(program: Command, context: Context): void {
  const persona = program
    .command('persona')
    .description('los datos de una persona en este equipo: entregarlos o borrarlos (ley 19.628)');
  declarePersonaExportar(persona, context);
  declarePersonaBorrar(persona, context);
  declarePersonaInformar(persona, context);
}
