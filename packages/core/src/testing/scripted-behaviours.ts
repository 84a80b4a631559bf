import { rowKind, type SimulationLog } from './simulation-log.ts'

/** Behaviours that wait for a call of their name. They stand in the log, so that another process can set them. */
export interface ScriptedBehaviours<Call extends string, Behaviour extends string> {
  /** The next `times` calls of this name behave so. */
  add(call: Call, behaviour: Behaviour, times: number): void
  /** The behaviour of the call that is made now, or null. */
  take(call: Call): Behaviour | null
}

const QUEUES = rowKind<{ behaviours: string[] }>('scripted-behaviour')

/** Behaviours scripted in a simulation's log. */
export function scriptedBehaviours<Call extends string, Behaviour extends string>(
  log: SimulationLog,
): ScriptedBehaviours<Call, Behaviour> {
  const queue = (call: Call) => log.get(QUEUES, call)?.behaviours ?? []
  return {
    add(call, behaviour, times) {
      log.transact(() => {
        const added = Array.from({ length: times }, () => behaviour)
        log.put(QUEUES, call, { behaviours: [...queue(call), ...added] })
      })
    },
    take(call) {
      if (queue(call).length === 0) return null
      return log.transact(() => {
        const [next, ...rest] = queue(call)
        if (next === undefined) return null
        log.put(QUEUES, call, { behaviours: rest })
        // Only `add` writes here, and it takes a Behaviour.
        return next as Behaviour
      })
    },
  }
}
