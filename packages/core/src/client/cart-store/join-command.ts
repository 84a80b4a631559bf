import { type Asked, lineOf, type StoreCommand } from './store-command.ts'

/** The queue after a command has joined it. */
export interface Joined {
  /** What is sent now, in order. */
  readonly queue: readonly StoreCommand[]
  /** The command that does what was asked; null when nothing is left to do. */
  readonly key: string | null
  /** Commands that the new one made needless: they end as it does. */
  readonly absorbed: readonly string[]
}

/**
 * Puts a command at the end of the queue, or joins it with one of the same line, code or cart that was not sent yet: a
 * later quantity takes the place of an earlier one, and what was added and removed unsent is as if it never was.
 *
 * @param isThere would the cart hold this line after these commands?
 */
export function joinCommand(
  queue: readonly StoreCommand[],
  next: StoreCommand,
  isThere: (lineId: string, queue: readonly StoreCommand[]) => boolean,
): Joined {
  if (next.name === 'removeLine') return removal(queue, next, isThere)
  const place = queue.findLastIndex((command) => !command.sent && isAboutSame(command, next))
  const joined = place < 0 ? null : join(queue[place] as StoreCommand, next) // the place was found
  if (joined === null) return { queue: [...queue, next], key: next.key, absorbed: [] }
  return { queue: queue.with(place, joined), key: joined.key, absorbed: [] }
}

function removal(
  queue: readonly StoreCommand[],
  next: StoreCommand,
  isThere: (lineId: string, queue: readonly StoreCommand[]) => boolean,
): Joined {
  const lineId = lineOf(next) as string // a removal is of a line
  const rest = queue.filter((command) => command.sent || lineOf(command) !== lineId)
  const absorbed = queue.filter((command) => !rest.includes(command)).map(({ key }) => key)
  return isThere(lineId, rest)
    ? { queue: [...rest, next], key: next.key, absorbed }
    : { queue: rest, key: null, absorbed }
}

const isAboutSame = (left: Asked, right: Asked): boolean => {
  const line = lineOf(right)
  return line === undefined ? left.name === right.name : lineOf(left) === line
}

/** One command that does both, with the first one's key; null where there is none. */
function join(first: StoreCommand, next: Asked): StoreCommand | null {
  if (next.name === 'update' || (next.name === 'updateLine' && first.name !== 'removeLine')) {
    // Members of the later one win; an added line that is changed before it is sent is added changed.
    return { ...first, input: { ...first.input, ...next.input } } as StoreCommand
  }
  if (next.name === first.name && JSON.stringify(first.input) === JSON.stringify(next.input)) return first
  return null
}
