import { expect, test } from 'vitest'
import { normaliseCode, normaliseCodeAsBefore } from './promotion.ts'

test.each([
  ['fair-Abcd 12', 'FAIRABCD12', 'FAIRABCD12'],
  ['fair–abcd', 'FAIRABCD', 'FAIR–ABCD'],
  ['fair\u2212ab\u00adcd\u200b', 'FAIRABCD', 'FAIR\u2212AB\u00adCD\u200b'],
  ['İndirim', 'INDIRIM', 'İNDIRIM'],
  ['i\u0307ndirim', 'INDIRIM', 'I\u0307NDIRIM'],
  ['ＦＡＩＲ１', 'FAIR1', 'FAIR1'],
])('the code %j is compared as it is stored now, and as it was stored once', (typed, now, before) => {
  expect([normaliseCode(typed), normaliseCodeAsBefore(typed)]).toEqual([now, before])
})
