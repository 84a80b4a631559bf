import { isSame } from '../is-same.ts'
import type { StoreCommand } from './store-command.ts'

/**
 * Puts a command at the end of the queue, or joins it with the last one of the same line, code or cart that was not sent
 * yet: members of the later one win, a removal takes the place of what it undoes. Both end as the joined one does.
 */
export function joinCommand(queue: readonly StoreCommand[], next: StoreCommand): readonly StoreCommand[] {
  const { name, input, done } = next
  const { lineId } = input
  const place = queue.findLastIndex(
    (command) => !command.sent && (lineId ? command.input.lineId === lineId : command.name === name),
  )
  const first = queue[place]
  const isRemoval = name === 'removeLine'
  const isChange = /^update/.test(name) && first?.name !== 'removeLine'
  // What is neither goes together only where it says the same, such as a second click.
  if (!first || !(isRemoval || isChange || (name === first.name && isSame(input, first.input)))) return [...queue, next]
  return queue.with(place, {
    ...(isRemoval ? next : { ...first, input: { ...first.input, ...input } }),
    done(result) {
      first.done?.(result)
      done?.(result)
    },
  })
}
