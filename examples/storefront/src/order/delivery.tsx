import type { DeliveryView } from '@bursar/core/client'
import { downloadOf } from './download-of.ts'
import { RunChoice } from './run-choice.tsx'

const STATES: Readonly<Record<DeliveryView['state'], string>> = {
  waiting: 'waiting',
  queued: 'on its way',
  delivered: 'delivered',
  parked: 'we are looking into it',
  withdrawing: 'being withdrawn',
  withdrawn: 'withdrawn',
  withdraw_parked: 'being withdrawn',
}

const WAITS: Readonly<Record<NonNullable<DeliveryView['waitingFor']>, string>> = {
  payment: 'waits for the payment',
  approval: 'waits for an approval',
  verification: 'waits until we know who you are',
  run_choice: 'waits until you choose a run',
  redemption: 'waits to be redeemed',
  claim: 'waits to be claimed',
  start: 'waits for its start',
}

/** What a delivery takes. */
export interface DeliveryProps {
  delivery: DeliveryView
  /** What tells it from others of its line, or null. */
  name: string | null
  /** Asks how the order stands now. */
  refresh(): unknown
}

/** One delivery: where it stands, and the link where there is one. */
export function Delivery({ delivery, name, refresh }: DeliveryProps) {
  const { state, waitingFor, delay } = delivery
  const address = state === 'delivered' ? downloadOf(delivery) : null
  return (
    <li className={`delivery delivery-${state}`}>
      {name !== null && <span className="delivery-part">{name}</span>}
      <span className="delivery-state">{waitingFor === null ? STATES[state] : WAITS[waitingFor]}</span>
      {delay !== null && <span className="small">{delay.message}</span>}
      {address !== null && (
        <a href={address} download>
          Download it
        </a>
      )}
      {waitingFor === 'run_choice' && <RunChoice deliveryId={delivery.id} chosen={refresh} />}
    </li>
  )
}
