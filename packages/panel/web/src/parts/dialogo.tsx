import { type ReactNode, useEffect, useId, useRef } from 'react';

/** A question over the page. The browser keeps the keyboard inside it, closes it with Esc and gives the focus back. */
export function Dialogo({
  titulo,
  onClose,
  children,
}: {
  titulo: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{titulo}</h2>
      {children}
    </dialog>
  );
}
