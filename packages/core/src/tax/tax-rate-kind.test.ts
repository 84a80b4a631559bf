import { describe, expect, it } from 'vitest'
import type { TaxRate } from './tax-rate.ts'
import { taxRateKind } from './tax-rate-kind.ts'

const rate: TaxRate = { id: 'r', country: 'CA', category: 'book', name: 'GST', rate: '5' }
const problemsOf = (changes: Partial<TaxRate>) =>
  taxRateKind.check({ ...rate, ...changes }, null).map(({ path, message }) => `${path} ${message}`)
const idOf = (input: Pick<TaxRate, 'country' | 'region' | 'category'>) =>
  taxRateKind.id({ name: 'VAT', rate: '19', ...input }, { newId: () => 'made' })

describe('a tax rate', () => {
  it.each([
    [{ country: 'DE', category: 'book' }, 'de-book'],
    [{ country: 'DE', category: '*' }, 'de-standard'],
    [{ country: 'CA', region: 'QC', category: '*' }, 'ca-qc-standard'],
    [{ country: 'CA', region: null, category: 'E-Book 2_a & b' }, 'ca-e-book-2_a-b'],
  ])('of %j has by itself the id %s', (input, id) => {
    expect(idOf(input)).toBe(id)
  })

  it('is as it was given, with its id', () => {
    const input = { country: 'DE', category: '*', name: 'VAT', rate: '19', region: undefined }
    const call = {} as Parameters<typeof taxRateKind.complete>[2] // not looked at
    expect(taxRateKind.complete(input, 'de', call)).toStrictEqual({
      ...{ id: 'de', country: 'DE', category: '*', name: 'VAT', rate: '19' },
    })
    expect(taxRateKind.names(rate, call)).toEqual([])
    expect(taxRateKind.listed(call)).toEqual({ index: 'id' })
    expect(taxRateKind).toMatchObject({ changesPrices: true, uniqueMembers: { place: 'category' } })
  })

  it.each<Partial<TaxRate>>([
    {},
    { rate: '0' },
    { rate: '100' },
    { region: null },
    { region: 'A' },
    { region: '09A' },
    { region: 'QC', level: 'region', more: [{ name: 'QST', rate: '9.975', level: 'region' }] },
    { level: 'country', more: [{ name: 'more', rate: '1', level: 'country' }] },
  ])('may be %j', (changes) => {
    expect(problemsOf(changes)).toEqual([])
  })

  const place = 'country must be a country code of ISO 3166-1, such as DE'
  const region =
    'region must be a part of the country by its code of ISO 3166-2 without the country, such as QC of CA-QC'
  const percent = 'rate must be percent from 0 to 100, such as 8.875'
  it.each<[Partial<TaxRate>, string[]]>([
    ...['', 'D', 'de', 'DEU', 'XDE', 'D1'].map((country): [Partial<TaxRate>, string[]] => [{ country }, [place]]),
    ...['', 'qc', 'ABCD', 'Q C', 'xQC', 'QCx'].map((one): [Partial<TaxRate>, string[]] => [{ region: one }, [region]]),
    [{ category: ' ' }, ['category must be a tax category, or * for all others']],
    [{ category: '' }, ['category must be a tax category, or * for all others']],
    [{ name: ' ' }, ['name must not be empty']],
    ...['100.000001', '101', '-1', 'x', ''].map((one): [Partial<TaxRate>, string[]] => [{ rate: one }, [percent]]),
    [
      {
        more: [
          { name: '', rate: '1' },
          { name: 'b', rate: '101' },
        ],
      },
      ['more.0.name must not be empty', `more.1.${percent}`],
    ],
    [{ level: 'region' }, ['level cannot be region, for the rate names none']],
    [
      {
        more: [
          { name: 'a', rate: '1', level: 'country' },
          { name: 'b', rate: '1', level: 'region' },
        ],
      },
      ['more.1.level cannot be region, for the rate names none'],
    ],
  ])('is refused as %j', (changes, problems) => {
    expect(problemsOf(changes)).toEqual(problems)
  })
})
