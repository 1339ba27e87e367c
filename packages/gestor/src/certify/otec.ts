/** The invented provider of the sheet. Its token is shown in lower case on purpose. */
export const OTEC_KIT = {
  rut: '76543210-3',
  token: 'C0FFEE00-1111-4222-8333-444455556666',
  tokenMalo: 'BADBAD00-1111-4222-8333-444455556666',
};
