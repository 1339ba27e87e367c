/** One provider's night: a big one. */
export const COURSES = 100;
export const STUDENTS = 40;
export const MODULES = 8;
export const OTEC = { rut: '76111222-8', token: '3D9F6C1A-5B7E-4F20-9A6D-1C2B3A4D5E6F' };
