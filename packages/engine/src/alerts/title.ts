/** A condition (`Clave`) in a few words, as an alert and a screen head it. */
export function conditionTitle(clave: string, mal: boolean): string {
  if (clave === 'token') return mal ? 'SENCE no acepta el token' : 'Resuelto: SENCE acepta el token';
  if (clave === 'conexion') return mal ? 'Sin conexión con SENCE' : 'Resuelto: hay conexión con SENCE';
  if (clave === 'reloj') {
    return mal
      ? 'El reloj del computador no coincide con el de SENCE'
      : 'Resuelto: el reloj del computador coincide con el de SENCE';
  }
  if (clave === 'respaldo') {
    return mal ? 'No se pudo hacer el respaldo del día' : 'Resuelto: el respaldo del día está hecho';
  }
  if (clave === 'servicio') {
    return mal ? 'El servicio de Puente tuvo un error propio' : 'Resuelto: el servicio de puente funciona';
  }
  const fuente = clave.slice('fuente:'.length);
  return mal ? `No se puede leer «${fuente}»` : `Resuelto: se puede leer «${fuente}»`;
}
