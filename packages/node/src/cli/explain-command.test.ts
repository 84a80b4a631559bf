import { expect, test } from 'vitest'
import { linesOf } from './explain-command.ts'

test('steps that are not those of what was charged are not shown as if they were', () => {
  const told = { number: 'M-1', pricedAt: '2026-01-01T00:00:00.000Z', steps: ['Total: 10.00'] }
  const first = 'M-1, priced at 2026-01-01T00:00:00.000Z'
  expect(linesOf({ ...told, isSame: true })).toEqual([first, 'Total: 10.00'])
  expect(linesOf({ ...told, isSame: false })).toEqual([
    first,
    'Priced again it comes to another quote than the one that was charged: these steps are not its own.',
    'Total: 10.00',
  ])
})
