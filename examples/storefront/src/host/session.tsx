import { useBursar, useCart } from '@bursar/react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import { askHost } from './ask-host.ts'

/** Who is signed in at the host. Not Bursar's affair: a learning platform has this already. */
export interface Session {
  /** `loading` until the host has answered. */
  readonly status: 'loading' | 'guest' | 'signed_in'
  /** Id of the learner, or null. */
  readonly learner: string | null
  /** Signs in as one of the sample learners; rejects when the host does not answer. */
  signIn(learner: string): Promise<void>
  /** Signs out; rejects when the host does not answer. */
  signOut(): Promise<void>
}

const SessionContext = createContext<Session | null>(null)
const KEY = ['host', 'session']

/** Keeps who is signed in, and tells Bursar when that changes: the guest's cart is merged, prices are read anew. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { cart } = useBursar()
  const queries = useQueryClient()
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => askHost<{ learner: string | null }>('/demo/session'),
  })
  // A session may end by itself: whose cart is not there any more, or may not be seen, is perhaps nobody by now.
  const isDoubted = useCart(({ errors }) =>
    errors.some(({ command, error }) => error.status === 401 || (command === 'get' && error.code === 'not_found')),
  )
  useEffect(() => {
    if (isDoubted) void queries.invalidateQueries({ queryKey: KEY })
  }, [isDoubted, queries])
  const session = useMemo<Session>(() => {
    const take = async (answer: { learner: string | null }) => {
      queries.setQueryData(KEY, { learner: answer.learner })
      await queries.invalidateQueries({ queryKey: ['bursar'] })
    }
    return {
      status: data === undefined ? 'loading' : data.learner === null ? 'guest' : 'signed_in',
      learner: data?.learner ?? null,
      async signIn(learner) {
        const answer = await askHost<{ learner: string }>('/demo/sign-in', { learner })
        void cart.signedIn()
        await take(answer)
      },
      async signOut() {
        const answer = await askHost<{ learner: null }>('/demo/sign-out', {})
        cart.signedOut()
        await take(answer)
      },
    }
  }, [data, cart, queries])
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>
}

/** Who is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('useSession was called outside of SessionProvider.')
  return session
}
