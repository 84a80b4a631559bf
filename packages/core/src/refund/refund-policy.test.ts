import { describe, expect, test } from 'vitest'
import type { RefundFacts } from '../ports/index.ts'
import { askRefundPolicy, type RefundCase, type RefundPolicy } from './refund-policy.ts'

const OPEN: RefundPolicy = {
  windowDays: null,
  beforeStart: false,
  maximumProgress: null,
  withoutCertificate: false,
  withoutWaiver: false,
}

const BEGUN: RefundFacts = {
  enrolledAt: '2026-06-01T10:00:00.000Z',
  startsAt: '2026-06-10T00:00:00.000Z',
  progress: 2000,
  hasCertificate: false,
}

const found = (facts: Partial<RefundFacts> = {}) => ({ outcome: 'found' as const, facts: { ...BEGUN, ...facts } })
const silent = { outcome: 'unknown' as const, reason: 'time-out' }
const nothing = { outcome: 'refused' as const, reason: 'not_enrolled' }
const waiver = { kind: 'withdrawal_waiver' as const, textVersion: '1', locale: 'en', at: '2026-06-01T10:00:00.000Z' }

const about = (changes: Partial<RefundCase> = {}): RefundCase => ({
  now: '2026-06-12T12:00:00.000Z',
  timeZone: 'Europe/Berlin',
  placedAt: '2026-06-01T10:00:00.000Z',
  consents: [],
  part: { fulfilment: { provider: 'school', target: 'algebra' }, serviceStart: null },
  isCredited: false,
  facts: found(),
  ...changes,
})

const allowed = { answer: 'allowed' }
const denied = (reason: string) => ({ answer: 'denied', reason })
const awaiting = (reason: string) => ({ answer: 'awaiting_facts', reason })
const book = { fulfilment: null, serviceStart: null }

describe('a refund policy', () => {
  // The window of 14 days after 1 June in Berlin ends with 15 June there: at 22:00 UTC.
  test.each([
    ['nothing is asked', {}, { facts: silent }, allowed],
    ['the last moment of the window', { windowDays: 14 }, { now: '2026-06-15T21:59:59.999Z' }, allowed],
    ['the first moment after it', { windowDays: 14 }, { now: '2026-06-15T22:00:00.000Z' }, denied('window')],
    ['a window of no day lasts the day', { windowDays: 0 }, { now: '2026-06-01T21:59:59.999Z' }, allowed],
    ['not placed', { windowDays: 14 }, { placedAt: null }, awaiting('window')],
    ['before the start', { beforeStart: true }, { now: '2026-06-09T23:59:59.999Z' }, allowed],
    ['at the start', { beforeStart: true }, { now: '2026-06-10T00:00:00.000Z' }, denied('start')],
    ['the start is not known', { beforeStart: true }, { facts: found({ startsAt: null }) }, awaiting('start')],
    [
      'the start as it was sold, where the platform is silent',
      { beforeStart: true },
      { facts: silent, part: { ...about().part, serviceStart: '2026-06-11T00:00:00.000Z' } },
      denied('start'),
    ],
    ['progress at the limit', { maximumProgress: 2000 }, {}, allowed],
    ['progress above it', { maximumProgress: 1999 }, {}, denied('progress')],
    ['progress of 0 is a fact', { maximumProgress: 0 }, { facts: found({ progress: 0 }) }, allowed],
    ['progress not known', { maximumProgress: 2000 }, { facts: found({ progress: null }) }, awaiting('progress')],
    ['a silent platform', { maximumProgress: 2000 }, { facts: silent }, awaiting('progress')],
    ['a platform that was not asked', { withoutCertificate: true }, { facts: null }, awaiting('certificate')],
    [
      'a platform that knows of no certificate',
      { withoutCertificate: true },
      { facts: found({ hasCertificate: null }) },
      awaiting('certificate'),
    ],
    [
      'the start as it was sold, for who is not there any more',
      { beforeStart: true },
      { facts: nothing, part: { ...about().part, serviceStart: '2026-06-11T00:00:00.000Z' } },
      denied('start'),
    ],
    ['a silent platform and no start', { beforeStart: true }, { facts: silent }, awaiting('start')],
    ['no certificate', { withoutCertificate: true }, {}, allowed],
    ['a certificate', { withoutCertificate: true }, { facts: found({ hasCertificate: true }) }, denied('certificate')],
    ['nothing there', { maximumProgress: 0, withoutCertificate: true, beforeStart: true }, { facts: nothing }, allowed],
    [
      'a book',
      { maximumProgress: 0, withoutCertificate: true, beforeStart: true },
      { part: book, facts: null },
      allowed,
    ],
    ['a waiver', { withoutWaiver: true }, { consents: [{ ...waiver, given: true }] }, denied('consents')],
    [
      'a waiver, and terms after it',
      { withoutWaiver: true },
      {
        consents: [
          { ...waiver, given: true },
          { ...waiver, kind: 'terms', given: false },
        ],
      },
      denied('consents'),
    ],
    [
      'a waiver taken back',
      { withoutWaiver: true },
      {
        consents: [
          { ...waiver, given: true },
          { ...waiver, given: false },
        ],
      },
      allowed,
    ],
    ['terms alone', { withoutWaiver: true }, { consents: [{ ...waiver, kind: 'terms', given: true }] }, allowed],
    ['a waiver refused', { withoutWaiver: true }, { consents: [{ ...waiver, given: false }] }, allowed],
    ['a waiver that is not asked', {}, { consents: [{ ...waiver, given: true }] }, allowed],
    ['credited to an upgrade', { withoutWaiver: true }, { isCredited: true }, denied('upgrade')],
    [
      'a denial stands, though an earlier rule waits',
      { maximumProgress: 2000, withoutWaiver: true },
      { facts: silent, consents: [{ ...waiver, given: true }] },
      denied('consents'),
    ],
  ] satisfies [string, Partial<RefundPolicy>, Partial<RefundCase>, unknown][])(
    '%s',
    (_name, policy, changes, answer) => {
      expect(askRefundPolicy({ ...OPEN, ...policy }, about(changes))).toStrictEqual(answer)
    },
  )
})
