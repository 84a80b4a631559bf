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
  const line = lineOf(next)
  const isJoinable = (command: StoreCommand): boolean =>
    !command.sent && (line === undefined ? command.name === next.name : lineOf(command) === line)
  if (next.name === 'removeLine') {
    const absorbed = queue.filter(isJoinable).map(({ key }) => key)
    const rest = queue.filter((command) => !isJoinable(command))
    return isThere(next.input.lineId, rest)
      ? { queue: [...rest, next], key: next.key, absorbed }
      : { queue: rest, key: null, absorbed }
  }
  const place = queue.findLastIndex(isJoinable)
  const joined = queue[place] && join(queue[place], next)
  return joined
    ? { queue: queue.with(place, joined), key: joined.key, absorbed: [] }
    : { queue: [...queue, next], key: next.key, absorbed: [] }
}

/** One command that does both, with the first one's key; null where there is none. */
function join(first: StoreCommand, next: Asked): StoreCommand | null {
  if (next.name === 'update' || (next.name === 'updateLine' && first.name !== 'removeLine')) {
    // Members of the later one win; an added line that is changed before it is sent is added changed.
    return { ...first, input: { ...first.input, ...next.input } } as StoreCommand
  }
  return next.name === first.name && JSON.stringify(first.input) === JSON.stringify(next.input) ? first : null
}
