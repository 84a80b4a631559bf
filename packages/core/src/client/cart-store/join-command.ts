import { isSame } from '../is-same.ts'
import type { StoreCommand } from './store-command.ts'

/**
 * Puts a command at the end of the queue, or joins it with the last one of the same line, or of no line, that was not sent
 * yet: members of the later one win, a removal takes the place of what it undoes. Answers the one that will do it.
 */
export function joinCommand(queue: StoreCommand[], next: StoreCommand): StoreCommand {
  const { name, input } = next
  const first = queue.findLast((command) => !command.sent && command.input.lineId === input.lineId)
  const isRemoval = name === 'removeLine'
  const isChange = name === 'updateLine' && first?.name !== 'removeLine'
  // What is neither goes together only with its like: what says the same, such as a second click, or two of the cart's members.
  // A region that was named before another country is none of it.
  const isLike =
    name === first?.name && (name === 'update' ? !input.country || !first.input.region : isSame(input, first.input))
  if (first && (isRemoval || isChange || isLike))
    return Object.assign(first, isRemoval ? { name, input } : { input: { ...first.input, ...input } })
  queue.push(next)
  return next
}
