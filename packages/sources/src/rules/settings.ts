/** `reglas` of puente.yaml that decide over figures, whatever the LMS. */
export interface JudgingRules {
  /** The student passes above this share of required activities, 0–100, compared unrounded. [I: 99] */
  avanceAprobacion: number;
  /** The student passes above this final grade, 0–100, compared unrounded. [I: 59] */
  notaAprobacion: number;
  /** A longer gap between two clicks counts nothing. [I p.46: 45] */
  minutosEntreClics: number;
  /**
   * How a mark becomes 0–100. Left out: its place on its own scale (4.0 of 1–7 is 50).
   * 60: Chile's usual exigency, by which the 4.0 stands at 60 %.
   */
  exigencia?: number;
}

/** The official settings page's defaults. [I] */
export const DEFAULT_RULES: JudgingRules = {
  avanceAprobacion: 99,
  notaAprobacion: 59,
  minutosEntreClics: 45,
};
