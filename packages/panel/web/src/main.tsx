import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api.ts';
import { router } from './router.tsx';

/** How long the page waits for its letters; then it is written in those of the computer. */
const LETTERS_MS = 1500;

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the server refused stays refused; only a lost connection is worth asking again.
      retry: (count, error) => !(error instanceof ApiError) && count < 2,
    },
  },
});

// Whatever finds the session gone shows the way in again.
queryClient.getQueryCache().subscribe(({ query, type }) => {
  if (type === 'updated' && query.state.error instanceof ApiError && query.state.error.status === 401) {
    void queryClient.invalidateQueries({ queryKey: ['sesion'], refetchType: 'active' });
  }
});

const place = document.getElementById('panel');
if (place === null) throw new Error('index.html has no #panel');
const root = createRoot(place);
// The letters are there before the first word is: nothing is written twice, and nothing moves.
await Promise.race([document.fonts.load('1rem Inter'), new Promise((late) => setTimeout(late, LETTERS_MS))]);
root.render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
