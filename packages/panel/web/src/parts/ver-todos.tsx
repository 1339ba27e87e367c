import { numero } from '../format.ts';

/** Below a group's first few rows: shows all that there are. */
export function VerTodos({ son, onVer }: { son: number; onVer: () => void }) {
  return (
    <div className="plegado">
      <button type="button" className="llano bajo" onClick={onVer}>
        Ver los {numero(son)}
      </button>
    </div>
  );
}
