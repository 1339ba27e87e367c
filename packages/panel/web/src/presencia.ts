/** How long nobody has touched the page, ms, before what it asks by itself keeps no session open. */
const SOLA_MS = 10 * 60_000;

let ultimo = Date.now();
for (const gesto of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const) {
  window.addEventListener(
    gesto,
    () => {
      ultimo = Date.now();
    },
    { passive: true },
  );
}

/** Whether the page is open and nobody is before it. */
export function estaSola(): boolean {
  return Date.now() - ultimo > SOLA_MS;
}
