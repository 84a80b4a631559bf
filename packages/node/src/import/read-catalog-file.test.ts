import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportReport } from './import-report.ts'
import type { ImportProgress } from './progress-bar.ts'
import { type ReadCatalogFileOptions, readCatalogFile } from './read-catalog-file.ts'

const site = { timeZone: 'Europe/Berlin', currency: 'USD', currencies: ['USD', 'EUR'] }
const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bursar-import-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(path: string, options: Partial<ReadCatalogFileOptions> = {}) {
  const result = await readCatalogFile(path, { ...site, ...options })
  if (!result.ok) throw new Error(result.reason)
  return result
}

async function readText(text: string | Uint8Array, options: Partial<ReadCatalogFileOptions> = {}) {
  const path = join(folder, 'file')
  await writeFile(path, text)
  return read(path, options)
}

async function reasonOf(text: string | Uint8Array, options: Partial<ReadCatalogFileOptions> = {}): Promise<string> {
  const path = join(folder, 'file')
  await writeFile(path, text)
  const result = await readCatalogFile(path, { ...site, ...options })
  if (result.ok) throw new Error(`read: ${JSON.stringify(result.report)}`)
  return result.reason
}

const linesAndColumns = (report: ImportReport): string[] =>
  report.refusals.map(({ line, column }) => `${line} ${column ?? 'row'}`)

describe('readCatalogFile, of CSV', () => {
  it('reads a dirty file, and reports what it refuses by the lines of an editor', async () => {
    const { rows, report } = await read(fixture('dirty.csv'))
    expect(rows.map(({ line, variantExternalId }) => `${line} ${variantExternalId}`)).toEqual([
      '2 bread:audit',
      '5 bread:verified',
      '9 stars:verified',
      '16 tides:verified',
    ])
    expect(rows[0]).toMatchObject({
      type: 'course',
      title: 'How Bread Rises',
      description: 'Bake six loaves.\n\nTaste them.',
    })
    expect(rows.map(({ prices }) => prices.map(({ amount, currency }) => `${amount} ${currency}`))).toEqual([
      ['0 EUR', '0 USD'],
      ['4500 EUR', '4900 USD'],
      ['123450 EUR', '123450 USD'],
      ['1999 EUR', '1999 USD'],
    ])
    expect(rows[3]?.title).toBe('The "Great" Tide')
    expect(linesAndColumns(report)).toEqual([
      '10 Price USD',
      '11 Upgrade Deadline',
      '12 row',
      '13 NAME',
      '13 Price USD',
      '13 Upgrade Deadline',
      '15 variantExternalId',
    ])
    expect(report).toMatchObject({
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ';',
      rowsRead: 10,
      accepted: 4,
      repeated: 1,
      refused: 5,
      assumed: { type: 'course' },
      unusedColumns: [{ column: 'Colour', reason: 'there is no such field' }],
    })
    expect(report.refusals[0]).toMatchObject({ value: '12.345', reason: expect.stringContaining('12345 or 12.345') })
    expect(report.refusals[2]?.reason).toBe('The row has 4 cells, the header 8 columns.')
  })

  it('reads UTF-16 with tabs', async () => {
    const { rows, report } = await read(fixture('utf-16.tsv'))
    expect(rows.map(({ title }) => title)).toEqual(['Το βιβλίο', 'Книга'])
    expect(report).toMatchObject({ encoding: 'utf-16le', delimiter: '\t' })
  })

  it('reads UTF-16 without a mark, and a declared separator', async () => {
    const utf16 = await readText(Buffer.from('sep=|\r\nid|type|title|price\r\nx|book|Y|1\r\n', 'utf16le'))
    expect(utf16.rows.map(({ line, title }) => [line, title])).toEqual([[3, 'Y']])
  })

  it('says where a file is not UTF-8, and reads it once its encoding is named', async () => {
    const result = await readCatalogFile(fixture('windows-1252.csv'), site)
    expect(result).toMatchObject({ ok: false, reason: expect.stringContaining('Near line 2') })
    expect((await read(fixture('windows-1252.csv'), { encoding: 'windows-1252' })).rows[0]?.title).toBe('Café')
  })

  it('names the row that opens a quote', async () => {
    const result = await readCatalogFile(fixture('open-quote.csv'), site)
    expect(result).toEqual({ ok: false, reason: 'The row that begins at line 3 opens a quote that is never closed.' })
  })

  it('refuses a row with a zero byte and keeps its neighbour', async () => {
    const { rows, report } = await read(fixture('zero-bytes.csv'))
    expect(rows.map(({ line }) => line)).toEqual([3])
    expect(linesAndColumns(report)).toEqual(['2 title'])
  })

  it('takes a quote inside of a cell as it stands, and empty cells too many', async () => {
    const { rows } = await readText('id,type,title,price\na,book,The 5" disk,1,,\n')
    expect(rows[0]?.title).toBe('The 5" disk')
  })

  it('hints at an open quote where a row runs over many lines', async () => {
    const { report } = await readText('id,type,title,price\na,book,"A,1\nb,book,"B",2\nc,book,C,3\n')
    expect(report.refusals[0]).toMatchObject({ line: 2, reason: expect.stringContaining('is a quote left open?') })
  })

  it.each(['\n', '\r\n', '\r'])('counts lines with %j', async (lineBreak) => {
    const text = ['', 'id,type,title,price', '"a","book","A\nB","1"', '', 'b,book,B,x', ''].join(lineBreak)
    const { rows, report } = await readText(text)
    expect(rows.map(({ line, title }) => [line, title])).toEqual([[3, 'A B']])
    expect(linesAndColumns(report)).toEqual(['6 price'])
  })

  it('refuses an endless line without reading it to its end', async () => {
    const reason = await reasonOf(`id,type,title,price\na,book,${'x'.repeat(3_000_000)},1\n`)
    expect(reason).toContain('The row that begins at line 2 is longer than a million characters')
  })
})

describe('readCatalogFile, of JSON', () => {
  it('reads a list, one object at a time', async () => {
    const { rows, report } = await read(fixture('courses.json'))
    expect(rows.map(({ line, title }) => [line, title])).toEqual([
      [2, 'How Bread Rises'],
      [3, 'A 5" disk, ]} and \\'],
    ])
    expect(rows.map(({ prices }) => prices[0]?.amount)).toEqual([4950, 0])
    expect(linesAndColumns(report)).toEqual(['9 price_usd', '10 row'])
    expect(report.format).toBe('json')
  })

  it('takes a number for what it is, whatever separates the decimals of its texts', async () => {
    const { rows, report } = await readText(
      '[{"id":"a","type":"book","title":"A","price":12.345},{"id":"b","type":"book","title":"B","price":"12,345"}]',
      { currency: 'KWD', currencies: ['KWD'], decimalSeparator: ',' },
    )
    expect(report.refused).toBe(0)
    expect(rows.map(({ prices }) => prices[0]?.amount)).toEqual([12_345, 12_345])
  })

  it('refuses a number that is read as another, by line and field, and no other row', async () => {
    const rowOf = (id: string, more = '"price":39.00') => `{"course_id":${id},"title":"A","mode":"verified",${more}}`
    const target = '"price":1,"fulfilmentProvider":"campus","fulfilmentTarget":{"runs":[1,90071992547409931]}'
    const written = [rowOf('90071992547409931'), rowOf('9007199254740991'), rowOf('"b"', target), rowOf('"c"')]
    for (const text of [`[\n${written.join(',\n')}\n]`, `\n${written.join('\n')}`]) {
      const { rows, report } = await readText(text)
      expect(rows.map(({ productExternalId }) => productExternalId)).toEqual(['9007199254740991', 'c'])
      const reason = '90071992547409931 is read as 90071992547409940: write it in quotes.'
      expect(report.refusals).toEqual([
        { line: 2, column: 'course_id', value: '90071992547409931', reason },
        { line: 4, column: 'fulfilmentTarget', value: '{"runs":[1,90071992547409931]}', reason },
      ])
    }
  })

  it('takes a price that its program wrote out in full, and refuses one that is no number then', async () => {
    const rowOf = (id: string, price: string) => `{"id":"${id}","type":"book","title":"A","price":${price}}`
    const prices = ['19.989999999999998', '19.9900000000000000', '19.9900000000000000001', '1e400']
    const { rows, report } = await readText(prices.map((price, at) => rowOf(String(at), price)).join('\n'))
    expect(rows.map(({ prices: [price] }) => price?.amount)).toEqual([1999, 1999, 1999])
    expect(new Set(linesAndColumns(report))).toEqual(new Set(['4 price']))
  })

  it('reads JSON lines, and a broken line spoils no other', async () => {
    const { rows, report } = await read(fixture('courses.jsonl'))
    expect(rows.map(({ line }) => line)).toEqual([1, 4])
    expect(report.refusals).toMatchObject([{ line: 3, column: null, reason: 'This is not valid JSON.' }])
    expect(report.format).toBe('json-lines')
  })

  it('maps the keys of each object for itself', async () => {
    const { rows } = await readText(
      '[{"id":"a","type":"book","title":"A","price":1},{"key":"b","type":"book","name":"B","price":1}]',
    )
    expect(rows.map(({ productExternalId, title }) => productExternalId + title)).toEqual(['aA', 'bB'])
  })

  it.each([
    ['an object that is cut off', '[{"id":"a"', 'never ends'],
    ['a list that is cut off', '[{"id":"a"}', 'never ends'],
    ['a list of numbers', '[1]', 'where an object should begin'],
    ['more after the list', '[{"id":"a"}] x', 'where an object should begin'],
    ['a list in an object', '{"products":[{"id":"a"}]}\n', 'under "products": the file must be that list.'],
    ['one object on many lines', '{\n  "id": "a"\n}', 'neither a list'],
    ['an endless object', `[{"id":"${'x'.repeat(1_100_000)}"}]`, 'longer than a million'],
    ['an endless line', `{"id":"${'x'.repeat(1_100_000)}"}`, 'longer than a million'],
  ])('refuses %s', async (_, text, reason) => {
    expect(await reasonOf(text)).toContain(reason)
  })

  it('refuses a row that is nested without end', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const { report } = await readText(`[{"id":"a","type":"book","title":${deep},"price":1}]`)
    expect(report.refused).toBe(1)
  })
})

describe('readCatalogFile, of files that are something else', () => {
  it.each<readonly [string, string | Uint8Array, string]>([
    ['nothing', '', 'empty'],
    ['a byte-order mark alone', '\ufeff \n', 'empty'],
    ['HTML', '<!doctype html>', 'HTML'],
    ['a workbook', Buffer.from('504b030414000600', 'hex'), 'workbook'],
    ['zeros', Buffer.alloc(500), 'zero bytes'],
    ['an empty header', ',,\n,,\n', 'no header'],
    ['a file without types', 'id;title\n1;A\n', 'No column was found for type'],
    ['a file without ids', 'foo,bar\n1,2\n', 'productExternalId'],
    ['a column that is there twice', 'id,type,title,Title\n', 'both fit title'],
    ['a name that two columns have', 'id,type,title,title\n', 'Several columns are named "title": rename all but one'],
    ['an encoding that does not exist', 'id\n', 'no encoding named'],
  ])('refuses %s', async (_, text, reason) => {
    expect(await reasonOf(text, { encoding: reason.includes('encoding') ? 'ebcdic' : undefined })).toContain(reason)
  })

  it('refuses a column of half a million marks at once: to be normalised takes minutes', async () => {
    expect(await reasonOf(`c${'\u0316\u0301'.repeat(250_000)}\n`)).toContain('No column was found')
  })

  it('refuses what is no file', async () => {
    expect(await readCatalogFile(folder, site)).toEqual({ ok: false, reason: 'This is no file.' })
    expect(await readCatalogFile(join(folder, 'none'), site)).toMatchObject({ ok: false })
  })
})

describe('readCatalogFile, with columns mapped and defaults set', () => {
  const text = 'ref,what,how much,price\na,A,5,9\n'

  it('follows both', async () => {
    const map = { productExternalId: 'REF', title: 'what', price: 'how_much' }
    const { rows, report } = await readText(text, { map, set: { type: 'book', variantName: 'download' } })
    expect(rows[0]).toMatchObject({ productExternalId: 'a', title: 'A', variantName: 'download', type: 'book' })
    expect(rows[0]?.prices).toEqual([{ currency: 'USD', amount: 500, minimumQuantity: 1 }])
    expect(report.unusedColumns).toEqual([{ column: 'price', reason: 'price is mapped to another column' }])
  })

  it('takes no column by a name that two have', async () => {
    const twice = 'id,type,title,price,price\na,course,A,49.00,5.00\n'
    for (const price of ['price', 'Price']) {
      expect(await reasonOf(twice, { map: { price } })).toContain('Several columns are named "price"')
    }
  })

  it('knows fields by the names that a header may give them', async () => {
    const options = {
      map: { id: 'ref', name: 'what', price_eur: 'price' },
      set: { 'Product type': 'course', mode: 'audit' },
    }
    const { rows } = await readText('ref,what,price\na,A,5\n', options)
    expect(rows[0]).toMatchObject({ variantExternalId: 'a:audit', prices: [{ currency: 'EUR', amount: 500 }] })
    expect(await reasonOf(text, { set: { mode: 'a', variant: 'b' } })).toContain('names variantName twice')
    expect(await reasonOf(text, { set: { price_gbp: '5' } })).toContain('does not sell in GBP')
  })

  it('sets what is empty and no more', async () => {
    const { rows } = await readText('id,type,title,price,mode\na,course,A,5,\nb,course,B,5,audit\n', {
      set: { variantName: 'verified' },
    })
    expect(rows.map(({ variantName }) => variantName)).toEqual(['verified', 'audit'])
  })

  it('names what is near where a name is wrong', async () => {
    expect(await reasonOf(text, { map: { titel: 'what' } })).toContain('(did you mean "title"')
    expect(await reasonOf(text, { map: { title: 'waht' } })).toContain('did you mean "what"?')
    expect(await reasonOf(text, { set: { proce: '5' } })).toContain('did you mean "price"')
  })

  it('uses no column of prices in a currency that is not sold', async () => {
    const { report } = await readText('id,type,title,price_usd,price_gbp\na,book,A,5,4\n')
    expect(report.unusedColumns).toEqual([{ column: 'price_gbp', reason: 'the site does not sell in GBP' }])
    expect(report.accepted).toBe(1)
  })

  it('asks the shop for parts that the file does not have', async () => {
    const bundle = 'id,type,title,price,parts\np,program,P,5,old:verified|gone:verified\n'
    const asked: string[][] = []
    const findVariants = async (ids: readonly string[]): Promise<string[]> => {
      asked.push([...ids])
      return ['old:verified']
    }
    const { report } = await readText(bundle, { findVariants })
    expect(asked).toEqual([['old:verified', 'gone:verified']])
    expect(report.refusals[0]?.reason).toContain('have this variant: "gone:verified"')
  })
})

describe('readCatalogFile, of ten thousand courses', () => {
  it('takes seconds, and says how far it is', async () => {
    const row = (index: number): string =>
      `course-${index},course,"Course ${index}, with a comma",verified,${index % 90}.99,2027-${String((index % 12) + 1).padStart(2, '0')}-${String((index % 28) + 1).padStart(2, '0')},"Two lines\nof text ${index}"`
    const text = [
      'course_id,type,title,mode,price,upgrade_deadline,description',
      ...Array.from({ length: 10_000 }, (_, index) => row(index)),
    ].join('\n')
    const seen: ImportProgress[] = []
    const before = process.cpuUsage()
    const { report } = await readText(text, { onProgress: (progress) => seen.push(progress) })
    expect(report).toMatchObject({ rowsRead: 10_000, accepted: 10_000 })
    // An idle machine of 2024 needs 0.6 s; time of the processor, for others may be at work on it.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000)
    expect(seen.at(-1)).toEqual({
      bytesRead: Buffer.byteLength(text),
      totalBytes: Buffer.byteLength(text),
      rows: 10_000,
    })
  })
})
