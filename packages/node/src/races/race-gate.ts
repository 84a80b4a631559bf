import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where calls can be held, whichever process they are made in. */
export type GateName =
  /** A processor has said how a payment stands, and nothing was done about it yet. */
  | 'looked-up'
  /** A platform is about to be asked to deliver. */
  | 'delivering'
  /** A checkout has read its cart and whether it was ordered, and nothing else. */
  | 'opened'

/** A gate that is closed until the test opens it. */
export interface RaceGate {
  /** Waits until so many are held; answers them in the order in which they came. */
  held(count: number): Promise<readonly string[]>
  /** Lets this one go on. */
  release(who: string): void
  /** Lets all go on, and who comes from now on. */
  open(): void
}

/** Closes a gate for all processes of the race in this folder. */
export function closeGate(folder: string, name: GateName): RaceGate {
  const gate = gateIn(folder, name)
  mkdirSync(gate, { recursive: true })
  return {
    async held(count) {
      for (;;) {
        const all = readdirSync(gate).sort()
        if (all.length >= count) return all
        await sleep(5)
      }
    },
    release: (who) => rmSync(join(gate, who)),
    open: () => rmSync(gate, { recursive: true, maxRetries: 5 }), // a call may write meanwhile
  }
}

/** Waits at a gate while it is closed. */
export async function passGate(folder: string, name: GateName): Promise<void> {
  const gate = gateIn(folder, name)
  if (!existsSync(gate)) return
  // One clock for all processes of the machine.
  const own = join(gate, `${String(process.hrtime.bigint()).padStart(20, '0')}-${randomUUID()}`)
  try {
    writeFileSync(own, '')
  } catch {
    return // it was opened just now
  }
  while (existsSync(own)) await sleep(5)
}

const gateIn = (folder: string, name: GateName): string => join(folder, 'gates', name)
