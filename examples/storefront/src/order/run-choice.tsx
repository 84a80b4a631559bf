import type { EntitlementView, RunView } from '@bursar/core/client'
import { useBursar, useMoney } from '@bursar/react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useSession } from '../host/session.tsx'

/** What the choice takes. */
export interface RunChoiceProps {
  /** The delivery that waits for it. */
  deliveryId: string
  /** Called once a run is chosen. */
  chosen(): unknown
}

const STATES: Readonly<Record<RunView['state'], string | null>> = {
  open: null,
  not_yet_open: 'not open yet',
  closed: 'closed',
  full: 'full',
}

/** The runs of a right that waits for one of them. */
export function RunChoice({ deliveryId, chosen }: RunChoiceProps) {
  const { client } = useBursar()
  const { learner } = useSession()
  const { data: right, refetch } = useQuery({
    queryKey: ['bursar', 'runs', learner, deliveryId],
    queryFn: async ({ signal }): Promise<EntitlementView | null> => {
      const { items } = await client.me.entitlements({ limit: 100 }, { signal })
      return items.find(({ delivery }) => delivery?.id === deliveryId) ?? null
    },
    enabled: learner !== null,
  })
  const [run, setRun] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const { formatInstant } = useMoney()
  const name = useId()
  if (right?.runs === undefined) return null
  const { id: entitlementId, runs } = right
  const choose = async (event: FormEvent) => {
    event.preventDefault()
    if (run === null) {
      setRefusal('Choose a run first.')
      return
    }
    setRefusal(null)
    try {
      await client.me.chooseRun({ entitlementId, run })
      chosen()
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error))
      setRun(null)
    }
    await refetch()
  }
  return (
    <form className="run-choice" onSubmit={choose}>
      <fieldset>
        <legend>When would you like to take it?</legend>
        {runs.map(({ id, title, state, serviceStart }) => (
          <label key={id} className="run">
            <input
              type="radio"
              name={name}
              checked={run === id}
              disabled={state !== 'open'}
              onChange={() => setRun(id)}
            />
            <span>
              {title}
              {serviceStart !== null && (
                <>
                  , from <time dateTime={serviceStart}>{formatInstant(serviceStart, { dateStyle: 'long' })}</time>
                </>
              )}
              {STATES[state] !== null && <> ({STATES[state]})</>}
            </span>
          </label>
        ))}
      </fieldset>
      <p role="alert" className="field-error">
        {refusal}
      </p>
      <button type="submit" className="button">
        Choose this run
      </button>
    </form>
  )
}
