import { isSame } from '../is-same.ts'
import type { StoreCommand } from './store-command.ts'

/**
 * Puts a command at the end of the queue, or joins it with the last one of the same line, or of no line, that was not sent
 * yet: members of the later one win, a removal takes the place of what it undoes. Both end as the joined one does.
 */
export function joinCommand(queue: readonly StoreCommand[], next: StoreCommand): readonly StoreCommand[] {
  const { name, input, done } = next
  const { lineId } = input
  const place = queue.findLastIndex((command) => !command.sent && command.input.lineId === lineId)
  const first = queue[place]
  const isRemoval = name === 'removeLine'
  const isChange = name === 'updateLine' && first?.name !== 'removeLine'
  // What is neither goes together only with its like: what says the same, such as a second click, or two of the cart's members.
  const isLike = name === first?.name && (name === 'update' || isSame(input, first.input))
  if (!first || !(isRemoval || isChange || isLike)) return [...queue, next]
  return queue.with(place, {
    ...(isRemoval ? next : { ...first, input: { ...first.input, ...input } }),
    done(result) {
      first.done?.(result)
      done?.(result)
    },
  })
}
