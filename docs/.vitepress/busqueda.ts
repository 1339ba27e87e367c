/**
 * How the site is searched, in Spanish and without a server: «cómo corrijo los RUT» finds «corregir el RUT». The browser
 * gets these functions as text, so that each must stand by itself.
 */
export const searchOptions = {
  options: {
    processTerm: (term: string): string | null => {
      const bare = term.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
      const empty =
        'a al algo ante asi con como cual cuando de del desde donde e el ella en es esa ese eso esta este esto hago hay la las le les lo los me mi mis muy o para pero por porque que quien se ser si sin sobre son su sus tengo u un una uno y ya yo';
      if (empty.split(' ').includes(bare)) return null;
      // Plurals; not of codes.
      if (/^[a-z]{5,}es$/.test(bare) && /[lrnd]es$/.test(bare)) return bare.slice(0, -2);
      return /^[a-z]{4,}s$/.test(bare) ? bare.slice(0, -1) : bare;
    },
  },
  searchOptions: {
    fuzzy: (term: string): number | boolean => (/\d/.test(term) || term.length < 5 ? false : 0.2),
    prefix: (term: string): boolean => !/^\d+$/.test(term),
    boost: { title: 5, titles: 2, text: 1 },
    combineWith: 'OR' as const,
  },
};

export const WORDS_OF_SEARCH = {
  translations: {
    button: { buttonText: 'Buscar', buttonAriaLabel: 'Buscar en la documentación' },
    modal: {
      displayDetails: 'Mostrar el texto',
      resetButtonTitle: 'Borrar lo escrito',
      backButtonTitle: 'Cerrar la búsqueda',
      noResultsText: 'No se encontró nada de',
      footer: {
        ...{ selectText: 'elegir', navigateText: 'recorrer', closeText: 'cerrar' },
        ...{ selectKeyAriaLabel: 'Entrar', navigateUpKeyAriaLabel: 'flecha arriba' },
        ...{ navigateDownKeyAriaLabel: 'flecha abajo', closeKeyAriaLabel: 'Escape' },
      },
    },
  },
};
