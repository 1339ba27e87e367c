import { fileStorage, GestorClient } from '@puente-sic/client';
import { validateEnvio } from '@puente-sic/protocol';

const credenciales = { rutOtec: '76543210-3', token: process.env.SENCE_TOKEN ?? '' };
const comun = { tiempoConectividad: 5400, fechaInicio: '2026-11-02', fechaFin: '2026-12-18' };
const listaActividades = [{ codigoActividad: 'Lección 1' }];
const modulo = { codigoModulo: 'DEMO-M1', porcentajeAvance: 50, ...comun, listaActividades };
const alumno = { rutAlumno: 12345678, dvAlumno: '5', porcentajeAvance: 25, ...comun, listaModulos: [modulo] };
const curso = { codigoOferta: 'DEMO-26', codigoGrupo: 'DEMO-26-A', listaAlumnos: [alumno] };

const issues = validateEnvio({ ...credenciales, idSistema: 1350, ...curso });
for (const { path, message, fix } of issues) console.log(`${path}: ${message} ${fix}`);

const client = new GestorClient({ baseUrl: process.env.GESTOR_URL, credenciales });
const { records, error } = await client.sendCourse(curso, { storage: fileStorage('envios.ndjson') });
for (const { rut, codigoModulo, fate, reasons } of records)
  console.log(rut, codigoModulo, fate, ...reasons.map(({ code, message }) => `${code} ${message}`));
if (error) throw error;
