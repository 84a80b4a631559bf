import type { CommerceClient } from '@bursar/core/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type RenderResult, render } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { BursarProvider, type BursarProviderProps } from '../bursar-provider.ts'

/** Renders a page in strict mode, below the providers that a shop has. */
export function renderInShop(
  client: CommerceClient,
  page: ReactNode,
  props: Omit<BursarProviderProps, 'client'> = {},
): RenderResult {
  const queryClient = new QueryClient()
  return render(page, {
    wrapper: ({ children }: { children: ReactNode }) => (
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <BursarProvider client={client} {...props}>
            {children}
          </BursarProvider>
        </QueryClientProvider>
      </StrictMode>
    ),
  })
}
