import { useBursar } from '@bursar/react'
import { useQuery } from '@tanstack/react-query'
import { useSession } from '../host/session.tsx'

/** The newest orders of who is signed in. */
export function useOrders() {
  const { client } = useBursar()
  const { learner } = useSession()
  return useQuery({
    queryKey: ['bursar', 'orders', learner],
    queryFn: ({ signal }) => client.me.orders({ limit: 50 }, { signal }),
    enabled: learner !== null,
  })
}
