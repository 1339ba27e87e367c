export { type ArchivoOptions, archivoSource } from './archivo/archivo.ts';
export * from './source.ts';
