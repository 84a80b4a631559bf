import { describe, expect, it } from 'vitest'
import type { Customer } from '../customer/index.ts'
import type { Code } from '../promotion/index.ts'
import { assigneeRefs, codeCounters, pricedCode } from './code-facts.ts'
import { sampleCode, sampleInputs } from './sample-inputs.ts'

const code = (changes: Partial<Code> = {}): Code => {
  const { usesLeft: _left, customerUsesLeft: _theirs, isTheirs: _whose, ...plain } = sampleCode()
  return { ...plain, ...changes }
}
const subject = (
  customerId: string | null,
  codes: readonly string[] = [],
  email: string | null | undefined = null,
) => ({
  ...{ codes, currency: 'EUR', email },
  shopper: { ...sampleInputs().shopper, customerId },
})
const person = (id: string, email: string | null): Customer => ({
  ...{ id, email, hostId: null, name: null, links: [], groups: [] },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', erasedAt: null },
})

describe('what is read for a code', () => {
  it('is each counter that could limit it', () => {
    expect(codeCounters({ codes: [code()], subject: subject('cus_1', ['cod_1']) })).toEqual([
      'code:cod_1',
      'code:cod_1:cus_1',
      'promotion:pro_1',
      'promotion:pro_1:cus_1',
      'budget:pro_1:EUR',
      'orders:cus_1',
    ])
  })

  it('is of each code what limits its own promotion', () => {
    const asked = {
      codes: [code(), code({ id: 'cod_2', promotionId: 'pro_2' })],
      subject: subject(null, ['cod_2', 'cod_1']),
    }
    const counters = codeCounters(asked).filter((name) => /^promotion:\w+$/.test(name))
    expect(counters).toEqual(['promotion:pro_2', 'promotion:pro_1'])
  })

  it('is as much for one that is not there, and for somebody not signed in', () => {
    const read = (customerId: string | null, codes: readonly Code[]) => {
      const asked = { codes, subject: subject(customerId, ['cod_0', 'cod_1']) }
      return [codeCounters(asked).length, assigneeRefs(asked).length]
    }
    expect(read('cus_1', [code()])).toEqual([12, 2])
    expect(read('cus_1', [])).toEqual([12, 2])
    expect(read(null, [code()])).toEqual([12, 2])
  })

  it('names no counter that anybody has where nobody is signed in', () => {
    const counters = codeCounters({ codes: [code()], subject: subject(null, ['cod_1']) })
    expect(counters.filter((name) => name.endsWith(':nobody'))).toHaveLength(3)
  })

  it('is the person to whom it was assigned, or one that is not there', () => {
    const asked = {
      codes: [code({ id: 'cod_2', assignedTo: 'cus_2' }), code()],
      subject: subject('cus_1', ['cod_0', 'cod_1', 'cod_2']),
    }
    const ids = assigneeRefs(asked).map((ref) => ('id' in ref ? [ref.in, ref.id] : []))
    expect(ids).toEqual([
      ['customers', 'nobody'],
      ['customers', 'nobody'],
      ['customers', 'cus_2'],
    ])
  })
})

/** Of each counter the half of its limit is left. */
const half = (name: string, limit: number | null) => (limit === null ? null : name.length * 1000 + limit / 2)
const priced = (of: Partial<Code>, of2 = subject('cus_1'), people: Customer[] = []) =>
  pricedCode(code(of), half, { assignees: new Map(people.map((one) => [one.id, one])), subject: of2 })

describe('a code as it is priced', () => {
  it('is what is left of it, by its own counter', () => {
    expect(priced({ uses: 10 })).toEqual({ ...code({ uses: 10 }), usesLeft: half('code:cod_1', 10) })
    expect(priced({})).toStrictEqual({ ...code(), usesLeft: null })
  })

  it('is what is left of it for this customer, by theirs', () => {
    expect(priced({ usesPerCustomer: 4 })).toMatchObject({ customerUsesLeft: half('code:cod_1:cus_1', 4) })
    expect(priced({ usesPerCustomer: 4 }, subject(null))).toMatchObject({ customerUsesLeft: 'unknown' })
    expect(priced({ usesPerCustomer: null }, subject(null))).not.toHaveProperty('customerUsesLeft')
  })

  it('does not say when its owner was reminded', () => {
    expect(priced({ remindedAt: '2026-01-01T00:00:00.000Z' })).not.toHaveProperty('remindedAt')
  })

  const owner = person('cus_2', 'ada@example.org')
  it.each<[what: string, who: ReturnType<typeof subject>, people: Customer[], isTheirs: string]>([
    ['is theirs', subject('cus_2'), [owner], 'yes'],
    ['is theirs by their address, however it is written', subject('cus_1', [], 'Ada@Example.org'), [owner], 'yes'],
    ['is another’s', subject('cus_1', [], 'bob@example.org'), [owner], 'no'],
    ['is another’s, where no address is known', subject('cus_1', [], undefined), [owner], 'no'],
    ['is another’s, where neither has an address', subject('cus_1', [], null), [person('cus_2', null)], 'no'],
    ['is another’s, where that person is gone', subject('cus_2', [], 'ada@example.org'), [], 'no'],
    ['may be theirs, who is not signed in', subject(null, [], 'ada@example.org'), [owner], 'unknown'],
    ['may be theirs, who is not signed in, where that person is gone', subject(null), [], 'unknown'],
  ])('that was assigned to somebody %s', (_, who, people, isTheirs) => {
    expect(priced({ assignedTo: 'cus_2' }, who, people)).toMatchObject({ isTheirs })
  })

  it('that was assigned to nobody is for everybody', () => {
    for (const assignedTo of [null, undefined]) expect(priced({ assignedTo })).not.toHaveProperty('isTheirs')
  })
})
