/** Every page once, under the door of whoever looks for it most. `decisions/` and `errores/` are reached from theirs. */
export const SIDEBAR = [
  {
    text: 'Coordinar',
    link: '/puertas/coordinacion',
    items: [
      { text: 'El panel', link: '/panel' },
      { text: 'Códigos de error', link: '/errores' },
      { text: 'Planillas y archivos', link: '/archivo' },
      { text: 'Estados de un envío', link: '/estados' },
      { text: 'Datos personales', link: '/datos-personales' },
    ],
  },
  {
    text: 'Instalar y cuidar',
    link: '/puertas/instalacion',
    items: [
      { text: 'Instalar', link: '/instalar' },
      { text: 'Dejarlo funcionando', link: '/operating' },
      { text: 'Operar el conector', link: '/operating-conector' },
      { text: 'puente.yaml', link: '/configuracion' },
      { text: 'Los comandos', link: '/cli' },
      { text: 'Moodle', link: '/moodle' },
      { text: 'Moodle por servicios web', link: '/moodle-servicios-web' },
      { text: 'Tutor LMS', link: '/tutor-lms' },
      { text: 'LearnDash, Chamilo, Open edX', link: '/otros-lms' },
      { text: 'Cualquier LMS, por entidades', link: '/entidades' },
      { text: 'Las columnas de las entidades', link: '/entidades-columnas' },
      { text: 'La plataforma entrega', link: '/entregas' },
      { text: 'Operar un Gestor', link: '/operating-gestor' },
    ],
  },
  {
    text: 'Integrar',
    link: '/puertas/integracion',
    items: [
      { text: 'Una hora, de cero', link: '/integradores' },
      { text: 'La API del Gestor', link: '/api-gestor' },
      { text: 'El kit de certificación', link: '/kit' },
      { text: 'El sandbox', link: '/sandbox' },
      { text: 'El SDK (inglés)', link: '/referencia-sdk' },
      { text: 'La API del panel', link: '/api-panel' },
    ],
  },
  {
    text: 'SENCE y revisión',
    link: '/puertas/sence',
    items: [
      { text: 'El protocolo (inglés)', link: '/protocol' },
      { text: 'Los supuestos', link: '/supuestos' },
      { text: 'Un Gestor para el país', link: '/gestor-pais' },
      { text: 'Seguridad', link: '/seguridad' },
      { text: 'La simulación (inglés)', link: '/simulacion' },
      { text: 'El glosario (inglés)', link: '/glossary' },
      { text: 'El diseño del panel', link: '/diseno-panel' },
      { text: 'Las decisiones (inglés)', link: '/decisions/001-build' },
    ],
  },
];
