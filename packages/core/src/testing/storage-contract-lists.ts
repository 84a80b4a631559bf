import { SEARCH_REACH } from '../storage/search-reach.ts'
import {
  cart,
  done,
  equal,
  idsOf,
  idsOfAllPages,
  insert,
  ok,
  put,
  rejects,
  remove,
  type StorageContractCase,
  scope,
  storageCase,
  type Title,
  upTo,
} from './storage-contract-kit.ts'

/** Lists and search. */
export const listCases: readonly StorageContractCase[] = [
  storageCase('a list is ordered by the columns after those given, then by id', async ({ storage }) => {
    await done(storage, [
      insert('d', cart('ann', 2)),
      insert('b', cart('ann', 10)),
      insert('c', cart('ann', 2)),
      insert('a', cart('bob', 1)),
      insert('e', cart('ann', -1)),
    ])
    equal(await idsOf(storage, { index: 'customer', equals: ['ann'] }), ['e', 'c', 'd', 'b'], 'ascending')
    equal(
      await idsOf(storage, { index: 'customer', equals: ['ann'], order: 'desc' }),
      ['b', 'd', 'c', 'e'],
      'descending',
    )
    equal(await idsOf(storage, { index: 'customer' }), ['e', 'c', 'd', 'b', 'a'], 'by both columns')
    equal(await idsOf(storage, { index: 'customer', equals: ['ann', 2] }), ['c', 'd'], 'all columns given')
    equal(await idsOf(storage, { index: 'rank' }), ['e', 'a', 'c', 'd', 'b'], 'by number, not by text')
    await rejects(idsOf(storage, { index: 'none' }), 'TypeError', 'an unknown index')
    await rejects(idsOf(storage, { limit: 0 }), 'TypeError', 'no items')
  }),

  storageCase('texts are ordered by code point', async ({ storage }) => {
    const slugs = ['b', 'B', 'a', 'é', 'z', '\uffee', '😀', 'a b', 'a-b', 'a\u0301', 'aa']
    await done(
      storage,
      slugs.map((slug, index) => insert(`c${index}`, cart('ann', index, slug))),
    )
    const page = await storage.list(scope, { in: 'carts', index: 'slug', equals: [], limit: 50 })
    const found = page.items.map(({ body }) => (body as { slug: string }).slug) // a Cart
    equal(found, ['B', 'a', 'a b', 'a-b', 'aa', 'a\u0301', 'b', 'z', 'é', '\uffee', '😀'], 'slugs')
  }),

  storageCase('a range is from its first value until before its last', async ({ storage }) => {
    await done(
      storage,
      upTo(6).map((rank) => insert(`c${rank}`, cart('ann', rank, `s${rank}`))),
    )
    equal(await idsOf(storage, { range: { from: 2, until: 5 } }), ['c2', 'c3', 'c4'], 'both ends')
    equal(await idsOf(storage, { range: { from: 5 } }), ['c5', 'c6'], 'from')
    equal(await idsOf(storage, { range: { until: 2 } }), ['c1'], 'until')
    equal(await idsOf(storage, { range: { from: 2, until: 5 }, order: 'desc' }), ['c4', 'c3', 'c2'], 'descending')
    const after = { index: 'customer', equals: ['ann'] }
    equal(await idsOf(storage, { ...after, range: { from: 6, until: 9 } }), ['c6'], 'after a given column')
    equal(await idsOf(storage, { index: 'slug', range: { from: 's2', until: 's4' } }), ['c2', 'c3'], 'of texts')
    equal(await idsOf(storage, { range: { from: 3, until: 3 } }), [], 'an empty one')
  }),

  storageCase('a document with a null in a column of an index is not in it', async ({ storage }) => {
    await done(storage, [insert('a', cart('ann', 1)), insert('b', cart('ann', 2, 'x'))])
    equal(await idsOf(storage, { index: 'slug' }), ['b'], 'the index with the null')
    equal(await idsOf(storage, { index: 'rank' }), ['a', 'b'], 'an index without')
    await done(storage, [put('a', 1, cart('ann', 1, 'w')), put('b', 1, cart('ann', 2, null))])
    equal(await idsOf(storage, { index: 'slug' }), ['a'], 'after both changed')
  }),

  storageCase('pages joined are the list: nothing skipped or shown twice, equal keys included', async ({ storage }) => {
    await done(
      storage,
      upTo(20).map((n) => insert(`c${String(n).padStart(2, '0')}`, cart(n % 2 ? 'ann' : 'bob', Math.floor(n / 7)))),
    )
    for (const order of ['asc', 'desc'] as const) {
      const whole = await idsOf(storage, { order })
      equal(whole.length, 20, 'all of them')
      for (const limit of [1, 3, 7, 20, 50]) {
        equal(await idsOfAllPages(storage, { order, limit }), whole, `pages of ${limit}, ${order}`)
      }
    }
    const some = { index: 'customer', equals: ['ann'], range: { from: 1 } }
    equal(await idsOfAllPages(storage, { ...some, limit: 2 }), await idsOf(storage, some), 'pages of a range')
  }),

  storageCase('a page’s cursor stays good while documents come and go', async ({ storage }) => {
    await done(
      storage,
      upTo(9).map((n) => insert(`c${n}`, cart('ann', n))),
    )
    const first = await storage.list(scope, { in: 'carts', index: 'rank', equals: [], limit: 3 })
    ok(first.nextCursor !== null, 'there is more')
    await done(storage, [
      insert('c0', cart('ann', 0)),
      remove('c3', 1),
      remove('c5', 1),
      insert('c45', cart('ann', 4.5)),
    ])
    const rest = await idsOf(storage, { cursor: first.nextCursor })
    equal(rest, ['c4', 'c45', 'c6', 'c7', 'c8', 'c9'], 'the rest')
    const last = await storage.list(scope, { in: 'carts', index: 'rank', equals: [], limit: 3, range: { from: 8 } })
    equal(last.nextCursor, null, 'the cursor of the last page')
    await rejects(idsOf(storage, { cursor: 'nonsense' }), 'RangeError', 'a cursor that is none')
    await rejects(
      idsOf(storage, { index: 'customer', cursor: first.nextCursor }),
      'RangeError',
      'a cursor of another query',
    )
    for (const forged of ['[1,"a\\u0000"]', '[1,"a\\ud800"]', '["x","a"]', '["","a"]', '[1e999,"a"]', '[1,2]']) {
      await rejects(idsOf(storage, { cursor: btoa(forged) }), 'RangeError', `the forged cursor ${forged}`)
    }
    const ofText = { index: 'slug', cursor: btoa('[1,"a"]') }
    await rejects(idsOf(storage, ofText), 'RangeError', 'a cursor with a number for a text')
  }),

  storageCase('a list counts no further than it was asked', async ({ storage }) => {
    await done(
      storage,
      upTo(5).map((n) => insert(`c${n}`, cart(n < 5 ? 'ann' : 'bob', n))),
    )
    const count = async (countUpTo: number, cursor?: string) => {
      const query = { in: 'carts', index: 'customer', equals: ['ann'], limit: 1, countUpTo, cursor }
      const page = await storage.list(scope, query)
      return [page.count, page.nextCursor !== null]
    }
    equal(await count(10), [4, true], 'below the cap')
    equal(await count(4), [4, true], 'at the cap')
    equal(await count(3), ['more', true], 'above the cap')
    const { nextCursor, ...page } = await storage.list(scope, { in: 'carts', index: 'rank', equals: [], limit: 1 })
    ok(!('count' in page) || page.count === undefined, 'no count that was not asked for')
    const counted = { in: 'carts', index: 'rank', equals: [], range: { from: 3 }, limit: 1, countUpTo: 10 }
    equal((await storage.list(scope, counted)).count, 3, 'within a range')
    equal(
      (await storage.list(scope, { ...counted, range: undefined, cursor: nextCursor ?? undefined })).count,
      5,
      'from a cursor',
    )
  }),

  storageCase('a search meets all tokens by prefix, without case and accents', async ({ storage }) => {
    await fill(storage.commit, {
      a: { title: 'Élève: Introduction to Python' },
      b: { title: 'Advanced Python', about: 'for people with an introduction behind them' },
      c: { title: 'Cooking' },
      d: { title: '数据科学入门' },
      e: { title: 'Основы Питона' },
    })
    const find = (text: string) => found(storage.search, { text })
    equal(await find('python'), ['a', 'b'], 'one word')
    equal(await find('PYTH intro'), ['a', 'b'], 'two prefixes')
    equal(await find('python cooking'), [], 'all tokens must be met')
    equal(await find('eleve'), ['a'], 'without the accent')
    equal(await find('ÉLÈVE'), ['a'], 'with accent and case')
    equal(await find('ython'), [], 'the middle of a word')
    equal(await find('数据'), ['d'], 'Chinese')
    equal(await find('питон'), ['e'], 'Cyrillic')
    equal(await find(''), ['a', 'b', 'c', 'd', 'e'], 'nothing asked')
    equal(await find(' !? '), ['a', 'b', 'c', 'd', 'e'], 'no word asked')
    equal(await find('zzz'), [], 'nothing to find')
    await rejects(
      storage.search(scope, { in: 'carts', text: 'a', limit: 1 }),
      'TypeError',
      'a collection without search',
    )
  }),

  storageCase('a search is ordered by weight, then id, and its pages join', async ({ storage }) => {
    await fill(storage.commit, {
      a: { title: 'Tea', about: 'all about data' },
      b: { title: 'Data', about: 'data for all' },
      c: { title: 'Data science' },
      d: { title: 'Science', about: 'of data' },
      e: { title: 'Databases' },
    })
    equal(await found(storage.search, { text: 'data' }), ['b', 'c', 'e', 'a', 'd'], 'one token')
    equal(await found(storage.search, { text: 'data scien' }), ['c', 'd'], 'two tokens')
    const pages: string[] = []
    let cursor: string | undefined
    do {
      const page = await storage.search(scope, { in: 'titles', text: 'data', limit: 2, cursor })
      pages.push(...page.items.map(({ id }) => id))
      ok(pages.length < 20, 'a search ends')
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    equal(pages, ['b', 'c', 'e', 'a', 'd'], 'pages joined')
    await rejects(found(storage.search, { text: 'data', cursor: 'x' }), 'RangeError', 'a cursor that is none')
    for (const forged of ['[1e300,"a"]', '[0.5,"a"]', '["1","a"]', '[1,"a\\u0000"]']) {
      for (const text of ['data', '']) {
        const asked = found(storage.search, { text, cursor: btoa(forged) })
        await rejects(asked, 'RangeError', `the forged cursor ${forged} of "${text}"`)
      }
    }
  }),

  storageCase('a search filters and counts by facets', async ({ storage }) => {
    await fill(storage.commit, {
      a: { title: 'Data one', subjects: ['math', 'code'] },
      b: { title: 'Data two', subjects: ['math'] },
      c: { title: 'Data three', subjects: ['art', 'art'] },
      d: { title: 'Other', subjects: ['math'] },
    })
    const page = await storage.search(scope, { in: 'titles', text: 'data', facets: ['subject', 'none'], limit: 1 })
    const subjects = [
      { value: 'math', count: 2 },
      { value: 'art', count: 1 },
      { value: 'code', count: 1 },
    ]
    equal(page.facets, { subject: subjects, none: [] }, 'counts over all that matches')
    equal(await found(storage.search, { text: 'data', filters: { subject: ['math'] } }), ['a', 'b'], 'one value')
    equal(
      await found(storage.search, { text: 'data', filters: { subject: ['code', 'art'] } }),
      ['a', 'c'],
      'one of two',
    )
    equal(await found(storage.search, { text: '', filters: { subject: ['math'] } }), ['a', 'b', 'd'], 'without text')
    equal(await found(storage.search, { text: 'data', filters: { subject: [] } }), [], 'none of no values')
    const filtered = { in: 'titles', text: '', filters: { subject: ['code'] }, facets: ['subject'], limit: 9 }
    const counts = (await storage.search(scope, filtered)).facets.subject
    equal(
      counts,
      [
        { value: 'code', count: 1 },
        { value: 'math', count: 1 },
      ],
      'counts under a filter',
    )
  }),

  storageCase('a search sees changes and removals, and its own scope only', async ({ storage }) => {
    await fill(storage.commit, { a: { title: 'Old', subjects: ['x'] }, b: { title: 'Gone', subjects: ['x'] } })
    await done(storage, [put('a', 1, { title: 'New', subjects: ['y'] }, 'titles'), remove('b', 1, 'titles')])
    equal(await found(storage.search, { text: 'old' }), [], 'the old title')
    equal(await found(storage.search, { text: 'gone' }), [], 'the removed one')
    equal(await found(storage.search, { text: 'new' }), ['a'], 'the new title')
    equal(await found(storage.search, { text: '', filters: { subject: ['x'] } }), [], 'the old facet')
    equal(await found(storage.search, { text: '', filters: { subject: ['y'] } }), ['a'], 'the new facet')
    for (const other of [
      { operator: 'op2', site: 'main' },
      { operator: 'op', site: 'second' },
    ]) {
      equal((await storage.search(other, { in: 'titles', text: 'new', limit: 9 })).items, [], 'from another scope')
    }
    const conflict = await storage.commit(scope, [put('a', 1, { title: 'Lost' }, 'titles')])
    equal(conflict.outcome, 'conflict', 'a put of an old version')
    equal(await found(storage.search, { text: 'lost' }), [], 'what was refused')
    equal(await found(storage.search, { text: 'new' }), ['a'], 'what stayed')
  }),

  storageCase(
    'a search reaches so many entries of a common word, the word itself and the heaviest first',
    async ({ storage }) => {
      await fill(storage.commit, commonTitles)
      const whole = await foundOnAllPages(storage.search, { text: 'comm' })
      equal(whole.length, SEARCH_REACH, 'how many are found')
      equal(new Set(whole).size, whole.length, 'each once')
      equal(whole.slice(0, 3), ['x1', 'x2', 'a0000'], 'by weight, and those of least weight by id')
      equal(whole.at(-1), nthTitle(SEARCH_REACH - 3), 'the last by id is not reached')
      ok(!whole.includes('a'), 'a longer word is not reached')
      equal(await foundOnAllPages(storage.search, { text: 'communit' }), ['a'], 'the longer word alone')
      const facets = await storage.search(scope, { in: 'titles', text: 'common', facets: ['subject'], limit: 1 })
      equal(
        facets.facets.subject?.[0],
        { value: 'all', count: SEARCH_REACH },
        'facets are counted over what is reached',
      )
    },
  ),

  storageCase('a rare word or facet beside a common word finds all that it would alone', async ({ storage }) => {
    await fill(storage.commit, commonTitles)
    const search = (text: string, subject?: string[]) =>
      foundOnAllPages(storage.search, { text, filters: subject && { subject } })
    equal(await search('common rare'), ['x2', 'y2'], 'a rare word behind')
    equal(await search('rare common'), ['x2', 'y2'], 'a rare word before')
    equal(await search('common', ['few']), ['x2', 'y2'], 'a rare facet')
    equal(await search('common', ['few', 'none']), ['x2', 'y2'], 'rare facets')
    equal(await search('common', ['none']), [], 'a facet of none')
    equal(await search('rare', ['all']), ['x2'], 'a rare word with a common facet')
    const both = await search('common everywhere', ['all'])
    equal(both.length, SEARCH_REACH, 'two common words with a common facet reach what the first does')
    equal(both.slice(0, 3), ['x1', 'x2', 'a0000'], 'two common words, by the sum of their weights')
    equal(
      (await search('everywhere common')).slice(0, 2),
      ['a0000', 'a0001'],
      'the second of two weighs, and does not lead',
    )
  }),

  storageCase('without a text nothing is left out, however much there is', async ({ storage }) => {
    await fill(storage.commit, commonTitles)
    const ids = Object.keys(commonTitles).sort()
    equal(await foundOnAllPages(storage.search, { text: '' }), ids, 'of all')
    const all = { text: '', filters: { subject: ['all'] } }
    const many = ids.filter((id) => !['a', 'y2'].includes(id))
    equal(await foundOnAllPages(storage.search, all), many, 'of a facet’s value')
    const several = { text: '', filters: { subject: ['few', 'all', 'none'] } }
    equal(
      await foundOnAllPages(storage.search, several),
      ids.filter((id) => id !== 'a'),
      'of some of its values',
    )
  }),
]

/** Titles of which more than a search reaches hold the words "common" and "everywhere". */
const commonTitles: Record<string, Title> = {
  a: { title: 'Community' },
  ...Object.fromEntries(
    upTo(SEARCH_REACH).map((n) => [nthTitle(n - 1), { title: '', about: 'common everywhere', subjects: ['all'] }]),
  ),
  x1: { title: 'Common', about: 'everywhere', subjects: ['all'] },
  x2: { title: 'Common', about: 'rare everywhere', subjects: ['all', 'few'] },
  y2: { title: '', about: 'common rare everywhere', subjects: ['few'] },
}

function nthTitle(n: number): string {
  return `a${String(n).padStart(4, '0')}`
}

async function foundOnAllPages(search: Search, query: Parameters<typeof found>[1]): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await search(scope, { in: 'titles', limit: 900, ...query, cursor })
    ids.push(...page.items.map(({ id }) => id))
    ok(ids.length <= 2 * SEARCH_REACH, 'a search ends')
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return ids
}

type Commit = Parameters<typeof done>[0]['commit']
type Search = Parameters<typeof done>[0]['search']

async function fill(commit: Commit, titles: Record<string, Title>): Promise<void> {
  const changes = Object.entries(titles).map(([id, body]) => insert(id, body, 'titles'))
  equal((await commit(scope, changes)).outcome, 'committed', 'the titles')
}

async function found(
  search: Search,
  query: { text: string; filters?: Record<string, string[]> | undefined; cursor?: string },
): Promise<string[]> {
  const page = await search(scope, { in: 'titles', limit: 100, ...query })
  return page.items.map(({ id }) => id)
}
