/** The lists of «Por corregir», as they stand in its address; the first is what it opens with. */
export const VISTAS = ['corregir', 'averiguando', 'conocidos'] as const;
export type Vista = (typeof VISTAS)[number];
