/** A long text as it is; it scrolls, so the keyboard must reach it. */
export function Texto({ nombre, children }: { nombre: string; children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it with the arrows
    <section className="texto" tabIndex={0} aria-label={nombre}>
      <pre>{children}</pre>
    </section>
  );
}
