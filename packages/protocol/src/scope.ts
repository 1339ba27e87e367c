/** How much of an envío a problem costs: the whole call, one student with all modules, one student × module. */
export type Scope = 'call' | 'alumno' | 'modulo';
