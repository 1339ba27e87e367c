/** Kinds of activity as Moodle's Spanish calls them; a plugin that is not here goes by its own name. */
const KINDS: Record<string, string> = {
  assign: 'tarea',
  attendance: 'asistencia',
  bigbluebuttonbn: 'clase en BigBlueButton',
  book: 'libro',
  chat: 'chat',
  choice: 'consulta',
  customcert: 'certificado',
  data: 'base de datos',
  feedback: 'encuesta',
  folder: 'carpeta',
  forum: 'foro',
  glossary: 'glosario',
  googlemeet: 'clase en Google Meet',
  h5pactivity: 'contenido H5P',
  hvp: 'contenido H5P',
  imscp: 'paquete IMS',
  label: 'texto',
  lesson: 'lección',
  lti: 'herramienta externa',
  msteams: 'clase en Teams',
  page: 'página',
  questionnaire: 'encuesta',
  quiz: 'cuestionario',
  resource: 'archivo',
  scorm: 'paquete SCORM',
  survey: 'encuesta predefinida',
  url: 'enlace',
  wiki: 'wiki',
  workshop: 'taller',
  zoom: 'clase en Zoom',
};

export function kindName(type: string): string {
  return Object.hasOwn(KINDS, type) ? (KINDS[type] ?? type) : type;
}
