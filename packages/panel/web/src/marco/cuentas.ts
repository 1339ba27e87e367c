import { useQuery } from '@tanstack/react-query';
import { cuentaAlarmas } from '../alarmas.ts';
import { erroresQuery, hoyQuery, instalacionQuery, porCerrarQuery } from '../consultas.ts';
import { useDeLaOtec, useOtec } from '../otec.tsx';
import { personasDe } from '../screens/problemas.ts';
import { useSesion } from '../sesion.ts';

/** What the menu says needs somebody: the length of the list that each entry opens. */
export function useCuentas(): { alarmas: number; porCorregir: number; porCerrar: number } {
  const errores = useDeLaOtec(useQuery(erroresQuery).data?.errores ?? NADA);
  const hoy = useQuery(hoyQuery).data;
  // After what the page is opened for: one process reckons both.
  const cierre = useQuery({ ...porCerrarQuery, enabled: hoy !== undefined }).data?.proveedores ?? NADA;
  const { rutOtec } = useOtec();
  const { rol } = useSesion();
  const falta = useQuery({ ...instalacionQuery, enabled: rol === 'administrador' }).data?.falta ?? NADA;
  // Where nothing is set up yet nothing went wrong: Hoy says what is missing, and no number asks for anybody.
  const isPorEmpezar = falta.some((que) => que === 'otec' || que === 'fuente');
  const proveedores = (hoy?.proveedores ?? []).filter((one) => rutOtec === null || one.rutOtec === rutOtec);
  return {
    alarmas: hoy === undefined || isPorEmpezar ? 0 : cuentaAlarmas({ ...hoy, proveedores }),
    porCerrar: cierre
      .filter((one) => rutOtec === null || one.rutOtec === rutOtec)
      .reduce((sum, { cursos }) => sum + cursos.length, 0),
    porCorregir: personasDe(errores.filter(({ conocido }) => conocido === null)),
  };
}

const NADA: never[] = [];
