import {
  append,
  at,
  cart,
  check,
  contractCollections,
  counted,
  done,
  enqueue,
  equal,
  hold,
  idsOf,
  insert,
  lease,
  ok,
  put,
  readOne,
  refused,
  rejects,
  remove,
  type StorageContractCase,
  scope,
  storageCase,
  until,
  upTo,
} from './storage-contract-kit.ts'

/** Documents: versions, atomicity, unique keys, logs, scopes. */
export const documentCases: readonly StorageContractCase[] = [
  storageCase('a document is read as it was inserted, at version 1', async ({ storage }) => {
    const body = {
      customer: 'ann',
      rank: 1,
      nested: { list: [1, 'two', null, true, { deep: 'ü😀\u0000' }] },
      none: null,
    }
    const answer = await done(storage, [insert('c1', body)])
    equal(answer, { outcome: 'committed', versions: { 'carts/c1': 1 }, numbers: {} }, 'the answer')
    equal(await readOne(storage, 'c1'), { in: 'carts', id: 'c1', version: 1, body }, 'the document')
  }),

  storageCase('a member that is undefined is not kept', async ({ storage }) => {
    await done(storage, [insert('c1', { customer: 'ann', rank: 1, note: undefined, list: [{ gone: undefined }] })])
    const body = (await readOne(storage, 'c1'))?.body
    ok(typeof body === 'object' && body !== null && !('note' in body), 'the member "note" must be gone')
  }),

  storageCase('a body that was given is left as it was', async ({ storage }) => {
    const body = { seller: 's', lines: [{ n: 1 }] }
    const before = JSON.stringify(body)
    await done(storage, [insert('i1', body, 'invoices'), { do: 'number', series: 'a', in: 'invoices', id: 'i1' }])
    equal(JSON.stringify(body), before, 'the body of the caller')
  }),

  storageCase('each put changes the document and raises its version by one', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1))])
    equal((await done(storage, [put('c1', 1, cart('ann', 2))])).versions, { 'carts/c1': 2 }, 'versions after a put')
    equal((await done(storage, [put('c1', 2, cart('bob', 3))])).versions, { 'carts/c1': 3 }, 'versions after two puts')
    const stored = { in: 'carts', id: 'c1', version: 3, body: cart('bob', 3) }
    equal(await readOne(storage, 'c1'), stored, 'the document')
    equal(await idsOf(storage, { index: 'customer', equals: ['bob', 3] }), ['c1'], 'found by its new columns')
    equal(await idsOf(storage, { index: 'customer', equals: ['ann'] }), [], 'found by its old columns')
  }),

  storageCase('a put of a version that is not the stored one is refused', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1))])
    await done(storage, [put('c1', 1, cart('ann', 2))])
    await refused(storage, [put('c1', 1, cart('bob', 9))], { why: 'version' })
    await refused(storage, [put('c1', 3, cart('bob', 9))], { why: 'version' })
    await refused(storage, [put('none', 1, cart('bob', 9))], { why: 'version' })
    equal((await readOne(storage, 'c1'))?.body, cart('ann', 2), 'the document')
  }),

  storageCase('two writers on one cart version: one wins, the other is told', async ({ storage, reopen }) => {
    await done(storage, [insert('c1', cart('ann', 0))])
    const other = await reopen()
    const answers = await Promise.all(
      upTo(10).map((rank) => (rank % 2 ? storage : other).commit(scope, [put('c1', 1, cart('ann', rank))])),
    )
    const winners = answers.filter(({ outcome }) => outcome === 'committed')
    equal(winners.length, 1, 'writers that won')
    const rank = answers.findIndex(({ outcome }) => outcome === 'committed') + 1
    equal(await readOne(other, 'c1'), { in: 'carts', id: 'c1', version: 2, body: cart('ann', rank) }, 'the document')
  }),

  storageCase('writers that read, decide and try again lose no update', async ({ storage, reopen }) => {
    await done(storage, [insert('c1', cart('ann', 0))])
    const handles = [storage, await reopen()]
    const add = (handle: typeof storage) =>
      until(async () => {
        const stored = await readOne(handle, 'c1')
        ok(stored !== null, 'the cart is there')
        const { rank } = stored.body as { rank: number } // written by this case
        const answer = await handle.commit(scope, [put('c1', stored.version, cart('ann', rank + 1))])
        return answer.outcome === 'committed'
      })
    await Promise.all(upTo(8).flatMap(() => handles.map(add)))
    equal(await readOne(storage, 'c1'), { in: 'carts', id: 'c1', version: 17, body: cart('ann', 16) }, 'the document')
  }),

  storageCase('a removed document is gone from reads and lists, and its keys are free', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1, 'first'))])
    await refused(storage, [remove('c1', 2)], { why: 'version' })
    equal(await idsOf(storage, {}), ['c1'], 'ids before')
    const answer = await done(storage, [remove('c1', 1)])
    equal(answer.versions, {}, 'versions of a remove')
    equal(await readOne(storage, 'c1'), null, 'the document')
    equal(await idsOf(storage, {}), [], 'ids after')
    equal(await storage.read(scope, [{ in: 'carts', unique: 'slug', key: ['first'] }]), [null], 'by its key')
    await refused(storage, [remove('c1', 1)], { why: 'version' })
    await done(storage, [insert('c2', cart('bob', 1, 'first'))])
  }),

  storageCase('an insert of an id that exists is refused', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1))])
    await refused(storage, [insert('c1', cart('bob', 2))], { why: 'unique', key: 'id' })
    equal((await readOne(storage, 'c1'))?.body, cart('ann', 1), 'the document')
  }),

  storageCase('a check proves the version and changes nothing', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1))])
    equal((await done(storage, [check('c1', 1), insert('c2', cart('ann', 2))])).versions, { 'carts/c2': 1 }, 'versions')
    await refused(storage, [insert('c3', cart('ann', 3)), check('c1', 2)], { change: 1, why: 'version' })
    await refused(storage, [insert('c3', cart('ann', 3)), check('none', 1)], { change: 1, why: 'version' })
    equal(await idsOf(storage, {}), ['c1', 'c2'], 'ids')
    equal((await readOne(storage, 'c1'))?.version, 1, 'the version of what was checked')
  }),

  storageCase('a commit is all or nothing, whichever change fails', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1)), insert('old', cart('ann', 9)), hold('seats', 'h0', 1)])
    const good = [
      insert('c2', cart('bob', 2)),
      put('c1', 1, cart('bob', 1)),
      remove('old', 1),
      append('e1', 's', 1),
      hold('uses', 'h1', 5),
      enqueue('j1'),
    ]
    const bad = [
      { change: put('gone', 1, cart('x', 1)), why: 'version' as const },
      { change: hold('seats', 'h1', 1), why: 'limit' as const, counter: 'seats' },
      { change: { do: 'commitHold' as const, counter: 'seats', hold: 'none' }, why: 'hold_gone' as const },
    ]
    for (const { change, ...expected } of bad) {
      await refused(storage, [...good, change], { ...expected, change: good.length })
      await refused(storage, [change, ...good], { ...expected, change: 0 })
    }
    equal(await idsOf(storage, {}), ['c1', 'old'], 'ids')
    equal((await readOne(storage, 'c1'))?.version, 1, 'the version of the cart')
    equal(await readOne(storage, 'e1', 'events'), null, 'the event')
    equal(await counted(storage, 'uses'), { used: 0, held: 0 }, 'the counter')
    equal(await lease(storage.jobs, at(1)), [], 'jobs')
    await done(storage, good)
  }),

  storageCase('one refused commit leaves its neighbours of the same turn whole', async ({ storage }) => {
    await done(storage, [insert('c0', cart('ann', 0, 'taken'))])
    const answers = await Promise.all(
      upTo(9).map((rank) => {
        const extra = rank === 5 ? [insert('x', cart('eve', 1)), insert('y', cart('eve', 2, 'taken'))] : []
        return storage.commit(scope, [insert(`c${rank}`, cart('ann', rank)), ...extra, hold('uses', `h${rank}`, 100)])
      }),
    )
    equal(
      answers.map(({ outcome }) => outcome),
      upTo(9).map((rank) => (rank === 5 ? 'conflict' : 'committed')),
      'answers',
    )
    equal(await idsOf(storage, {}), ['c0', 'c1', 'c2', 'c3', 'c4', 'c6', 'c7', 'c8', 'c9'], 'ids')
    equal(await counted(storage, 'uses'), { used: 0, held: 8 }, 'the counter')
  }),

  storageCase('what was answered is seen by the next read, also on another handle', async ({ storage, reopen }) => {
    const other = await reopen()
    for (const rank of upTo(20)) {
      await done(storage, [insert(`c${rank}`, cart('ann', rank))])
      ok((await readOne(other, `c${rank}`)) !== null, `cart ${rank} on the other handle`)
      ok((await readOne(storage, `c${rank}`)) !== null, `cart ${rank}`)
    }
  }),

  storageCase('what was answered is there after the storage is closed and opened', async ({ storage, reopen }) => {
    await done(storage, [insert('c1', cart('ann', 1)), hold('seats', 'h1', 3), enqueue('j1', { data: { a: 1 } })])
    const other = await reopen()
    await storage.close()
    await rejects(storage.read(scope, []), 'StorageUnavailableError', 'a read after close')
    await rejects(storage.commit(scope, [insert('c2', {})]), 'StorageUnavailableError', 'a commit after close')
    equal((await readOne(other, 'c1'))?.body, cart('ann', 1), 'the document')
    equal(await counted(other, 'seats'), { used: 0, held: 1 }, 'the counter')
    equal((await lease(other.jobs, at(1)))[0]?.data, { a: 1 }, 'the job')
  }),

  storageCase('all that one read answers is of one moment', async ({ storage, reopen }) => {
    await done(storage, [insert('a', cart('ann', 0)), insert('b', cart('bob', 0))])
    const other = await reopen()
    const write = async () => {
      for (const version of upTo(40)) {
        await done(other, [put('a', version, cart('ann', version)), put('b', version, cart('bob', version))])
      }
    }
    const read = async () => {
      for (let last = 0; last < 41; ) {
        const [a, b] = await storage.read(scope, [
          { in: 'carts', id: 'a' },
          { in: 'carts', id: 'b' },
        ])
        ok(a !== null && b !== null && a !== undefined && b !== undefined && 'id' in a && 'id' in b, 'both are there')
        equal(a.version, b.version, 'versions of one read')
        last = a.version
        await new Promise((resolve) => setTimeout(resolve, 0))
      }
    }
    await Promise.all([write(), read()])
  }),

  storageCase('a read answers in the order of its refs, by id, key and counter', async ({ storage }) => {
    await done(storage, [
      insert('c1', cart('ann', 1, 'one')),
      insert('c2', cart('bob', 2, 'two')),
      insert('p1', { email: 'a@b.c' }, 'people'),
      hold('seats', 'h1', 5, 2),
    ])
    const found = await storage.read(scope, [
      { in: 'carts', unique: 'customer_slug', key: ['bob', 'two'] },
      { counter: 'seats' },
      { in: 'carts', id: 'none' },
      { in: 'people', unique: 'email', key: ['a@b.c'] },
      { in: 'carts', unique: 'slug', key: ['none'] },
      { in: 'carts', id: 'c1' },
      { counter: 'none' },
    ])
    const seen = found.map((one) => one && ('id' in one ? one.id : { ...one }))
    const seats = { counter: 'seats', used: 0, held: 2 }
    equal(seen, ['c2', seats, null, 'p1', null, 'c1', { counter: 'none', used: 0, held: 0 }], 'answers')
    equal(await storage.read(scope, []), [], 'nothing asked')
  }),

  storageCase('a unique key is kept on insert and on put', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1, 'one')), insert('c2', cart('ann', 2, 'two'))])
    await refused(storage, [insert('c3', cart('bob', 3, 'one'))], { why: 'unique', key: 'slug' })
    await refused(storage, [put('c2', 1, cart('bob', 2, 'one'))], { why: 'unique', key: 'slug' })
    const twice = await storage.commit(scope, [
      insert('c3', cart('bob', 3, 'new')),
      insert('c4', cart('eve', 4, 'new')),
    ])
    equal(twice.outcome, 'conflict', 'one key twice in one commit')
    equal(await idsOf(storage, {}), ['c1', 'c2'], 'ids')
    await done(storage, [put('c2', 1, cart('ann', 2, 'three'))])
    await done(storage, [insert('c3', cart('bob', 3, 'two'))])
    const found = await storage.read(scope, [{ in: 'carts', unique: 'slug', key: ['two'] }])
    equal(
      found.map((one) => one && 'id' in one && one.id),
      ['c3'],
      'found by the key',
    )
  }),

  storageCase('a raced unique key is won once', async ({ storage, reopen }) => {
    const handles = [storage, await reopen()] as const
    const answers = await Promise.all(
      upTo(20).map((rank) => handles[rank % 2 ? 0 : 1].commit(scope, [insert(`c${rank}`, cart('ann', rank, 'live'))])),
    )
    equal(answers.filter(({ outcome }) => outcome === 'committed').length, 1, 'winners')
    const lost = answers.flatMap((answer) => (answer.outcome === 'conflict' ? [answer] : []))
    ok(
      lost.every((answer) => answer.why === 'unique'),
      'the others are told that the key is taken',
    )
    equal((await idsOf(storage, {})).length, 1, 'documents')
  }),

  storageCase('a unique key is not kept where a column is null', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1)), insert('c2', cart('ann', 1))])
    await done(storage, [insert('c3', cart('ann', 1))])
    await done(storage, [insert('c4', cart('ann', 1, 'live'))])
    await done(storage, [put('c4', 1, cart('ann', 1, null))])
    await done(storage, [insert('c5', cart('ann', 1, 'live'))])
    equal((await idsOf(storage, {})).length, 5, 'documents')
  }),

  storageCase('within one commit a unique key may move, and two documents may swap theirs', async ({ storage }) => {
    await done(storage, [insert('b', cart('ann', 1, 'live')), insert('c', cart('bob', 1, 'other'))])
    await done(storage, [insert('a', cart('ann', 2, 'live')), put('b', 1, cart('ann', 1, null))])
    await done(storage, [put('a', 1, cart('ann', 2, 'other')), put('c', 1, cart('bob', 1, 'live'))])
    await done(storage, [insert('d', cart('eve', 1, 'live')), remove('c', 2)])
    const found = await storage.read(scope, [
      { in: 'carts', unique: 'slug', key: ['live'] },
      { in: 'carts', unique: 'slug', key: ['other'] },
    ])
    equal(
      found.map((one) => one && 'id' in one && one.id),
      ['d', 'a'],
      'who has the keys',
    )
    await refused(storage, [put('a', 2, cart('x', 1, 'live')), put('b', 2, cart('y', 1, 'free'))], {
      why: 'unique',
      key: 'slug',
    })
  }),

  storageCase('an append-only collection takes no put, remove or insert', async ({ storage }) => {
    await done(storage, [append('e1', 's', 1)])
    const body = { stream: 's', seq: 9 }
    await rejects(storage.commit(scope, [put('e1', 1, body, 'events')]), 'TypeError', 'a put')
    await rejects(storage.commit(scope, [remove('e1', 1, 'events')]), 'TypeError', 'a remove')
    await rejects(storage.commit(scope, [insert('e2', body, 'events')]), 'TypeError', 'an insert')
    await rejects(
      storage.commit(scope, [{ do: 'append', in: 'carts', id: 'c1', body: cart('a', 1) }]),
      'TypeError',
      'an append elsewhere',
    )
    equal(
      await readOne(storage, 'e1', 'events'),
      { in: 'events', id: 'e1', version: 1, body: { stream: 's', seq: 1 } },
      'it',
    )
  }),

  storageCase('an append never overwrites', async ({ storage }) => {
    await done(storage, [append('e1', 's', 1)])
    await refused(storage, [append('e1', 's', 2)], { why: 'unique', key: 'id' })
    await refused(storage, [append('e2', 's', 1)], { why: 'unique', key: 'position' })
    equal((await readOne(storage, 'e1', 'events'))?.body, { stream: 's', seq: 1 }, 'the event')
    const answers = await Promise.all(upTo(10).map((n) => storage.commit(scope, [append(`r${n}`, 's', 2)])))
    equal(answers.filter(({ outcome }) => outcome === 'committed').length, 1, 'appends at one place of a stream')
  }),

  storageCase('scopes never meet: operators', async ({ storage }) => {
    const other = { operator: 'op2', site: 'main' }
    const changes = [
      insert('c1', cart('ann', 1, 'slug')),
      insert('p1', { email: 'a@b.c' }, 'people'),
      append('e1', 's', 1),
      hold('seats', 'h1', 1),
    ]
    await done(storage, changes)
    equal(await readOne(storage, 'c1', 'carts', other), null, 'a document of another operator')
    equal(await readOne(storage, 'p1', 'people', other), null, 'a person of another operator')
    equal(await storage.read(other, [{ in: 'carts', unique: 'slug', key: ['slug'] }]), [null], 'by key')
    equal(await counted(storage, 'seats', other), { used: 0, held: 0 }, 'a counter')
    equal(await idsOf(storage, {}, other), [], 'a list')
    await refused(storage, [put('c1', 1, cart('eve', 1))], { why: 'version' }, other)
    await refused(storage, [remove('c1', 1)], { why: 'version' }, other)
    await refused(storage, [{ do: 'releaseHold', counter: 'seats', hold: 'h1' }], { why: 'hold_gone' }, other)
    await done(storage, changes, other)
    equal((await readOne(storage, 'c1'))?.body, cart('ann', 1, 'slug'), 'the first document')
    equal(await counted(storage, 'seats'), { used: 0, held: 1 }, 'the first counter')
  }),

  storageCase('scopes never meet: sites of one operator', async ({ storage }) => {
    const other = { operator: 'op', site: 'second' }
    await done(storage, [insert('c1', cart('ann', 1, 'slug')), insert('p1', { email: 'a@b.c' }, 'people')])
    equal(await readOne(storage, 'c1', 'carts', other), null, 'a document of another site')
    equal(await idsOf(storage, {}, other), [], 'a list')
    await refused(storage, [put('c1', 1, cart('eve', 1))], { why: 'version' }, other)
    await done(storage, [insert('c1', cart('bob', 2, 'slug'))], other)
    equal((await readOne(storage, 'c1'))?.body, cart('ann', 1, 'slug'), 'the first document')
    equal((await readOne(storage, 'p1', 'people', other))?.id, 'p1', 'what is the operator’s, from its other site')
    equal(
      (await readOne(storage, 'p1', 'people', { operator: 'op' }))?.id,
      'p1',
      'what is the operator’s, without a site',
    )
  }),

  storageCase('a site’s collection is refused without a site, and an unknown one always', async ({ storage }) => {
    const bare = { operator: 'op' }
    await rejects(storage.commit(bare, [insert('c1', cart('a', 1))]), 'TypeError', 'a commit')
    await rejects(storage.read(bare, [{ in: 'carts', id: 'c1' }]), 'TypeError', 'a read')
    await rejects(idsOf(storage, {}, bare), 'TypeError', 'a list')
    await rejects(storage.read({ operator: '' }, [{ in: 'people', id: 'p1' }]), 'TypeError', 'no operator')
    await rejects(storage.read(scope, [{ in: 'nowhere', id: 'p1' }]), 'TypeError', 'a read of nowhere')
    await rejects(storage.commit(scope, [insert('c1', {}, 'nowhere')]), 'TypeError', 'a commit to nowhere')
    await rejects(storage.read(scope, [{ in: 'carts', unique: 'none', key: ['a'] }]), 'TypeError', 'an unknown key')
  }),

  storageCase('a document changed twice in one commit is the caller’s mistake', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1))])
    const twice = [put('c1', 1, cart('a', 1)), check('c1', 1)]
    await rejects(storage.commit(scope, twice), 'TypeError', 'a commit')
    equal((await readOne(storage, 'c1'))?.version, 1, 'the version')
  }),

  storageCase(
    'a commit whose reply was lost answers as the first time when it is repeated',
    async ({ storage, reopen }) => {
      const changes = [
        insert('i1', { seller: 's' }, 'invoices'),
        { do: 'number', series: 'a', in: 'invoices', id: 'i1' } as const,
      ]
      const first = await storage.commit(scope, changes, { commitId: 'k1' })
      equal(
        first,
        { outcome: 'committed', versions: { 'invoices/i1': 1 }, numbers: { 'invoices/i1': 1 } },
        'the first answer',
      )
      const other = await reopen()
      const repeats = await Promise.all(upTo(4).map(() => other.commit(scope, changes, { commitId: 'k1' })))
      for (const repeat of repeats) equal(repeat, first, 'the answer of a repeat')
      const changed = await storage.commit(scope, [insert('c1', cart('ann', 1))], { commitId: 'k1' })
      equal(changed, first, 'a repeat with other changes')
      equal(await readOne(storage, 'c1'), null, 'what the repeat named')
      const elsewhere = await storage.commit({ operator: 'op2' }, changes, { commitId: 'k1' })
      equal(elsewhere.outcome, 'committed', 'the same id of another operator')
      ok((await readOne(storage, 'i1', 'invoices', { operator: 'op2' })) !== null, 'what the other operator stored')
    },
  ),

  storageCase('repeats that race are done once', async ({ storage, reopen }) => {
    const handles = [storage, await reopen()] as const
    const changes = [hold('seats', 'h1', 5), append('e1', 's', 1)]
    const answers = await Promise.all(
      upTo(10).map((n) => handles[n % 2 ? 0 : 1].commit(scope, changes, { commitId: 'k1' })),
    )
    for (const answer of answers) equal(answer, answers[0], 'each answer')
    equal(answers[0]?.outcome, 'committed', 'the answer')
    equal(await counted(storage, 'seats'), { used: 0, held: 1 }, 'the counter')
  }),

  storageCase('a conflict leaves the id of its commit unused', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1))])
    const first = await storage.commit(scope, [put('c1', 7, cart('bob', 1))], { commitId: 'k1' })
    equal(first.outcome, 'conflict', 'the first answer')
    const second = await storage.commit(scope, [put('c1', 1, cart('bob', 1))], { commitId: 'k1' })
    equal(second.outcome, 'committed', 'the second answer')
    equal((await readOne(storage, 'c1'))?.version, 2, 'the version')
  }),

  storageCase('a column of the wrong kind is a mistake, and writes nothing', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1))])
    const wrong = { customer: 'ann', rank: '2' }
    await rejects(storage.commit(scope, [insert('c2', wrong)]), 'TypeError', 'a text for a number')
    await rejects(storage.commit(scope, [put('c1', 1, { customer: 3, rank: 2 })]), 'TypeError', 'a number for a text')
    equal(await idsOf(storage, { index: 'rank' }), ['c1'], 'what is there')
    equal((await readOne(storage, 'c1'))?.version, 1, 'its version')
    const [carts] = contractCollections
    ok(carts !== undefined, 'there are carts')
    await rejects(storage.migrate([{ ...carts, numbers: [] }]), 'TypeError', 'a column that changes its kind')
    await rejects(storage.migrate([{ ...carts, numbers: ['rank', 'none'] }]), 'TypeError', 'numbers in no column')
  }),

  storageCase(
    'migrate can be repeated, and adds columns, keys and indexes to documents that are there',
    async ({ storage, reopen }) => {
      await done(storage, [insert('c1', cart('ann', 1)), insert('c2', { customer: 'bob', rank: 2, note: 'x' })])
      const [carts, ...others] = contractCollections
      ok(carts !== undefined, 'there are carts')
      await storage.migrate(contractCollections)
      const noteOf = (body: never) => (body as { note?: string }).note ?? null // what cases write into carts
      const wider = {
        ...carts,
        columns: { ...carts.columns, note: noteOf },
        unique: { ...carts.unique, note: ['note'] },
        indexes: { ...carts.indexes, note: ['note'] },
        search: { fields: (body: never) => [{ text: noteOf(body) ?? '', weight: 1 }] },
      }
      await storage.migrate([wider, ...others])
      equal(await idsOf(storage, { index: 'note', equals: ['x'] }), ['c2'], 'found by the new index')
      const found = await storage.search(scope, { in: 'carts', text: 'x', limit: 10 })
      equal(
        found.items.map(({ id }) => id),
        ['c2'],
        'found by the new search',
      )
      await refused(storage, [put('c1', 1, { customer: 'ann', rank: 1, note: 'x' })], { why: 'unique', key: 'note' })
      await rejects(storage.migrate([carts]), 'TypeError', 'a column that is missing')
      await rejects(reopen(), 'TypeError', 'another handle with the old collections')
    },
  ),

  storageCase('migrate refuses what it cannot do, and changes nothing', async ({ storage }) => {
    await done(storage, [insert('c1', cart('ann', 1)), insert('c2', cart('ann', 2))])
    const [carts] = contractCollections
    ok(carts !== undefined, 'there are carts')
    const refusals = [
      { ...carts, of: 'operator' as const },
      { ...carts, appendOnly: true },
      { ...carts, number: 'rank' },
      { ...carts, indexes: { ...carts.indexes, rank: ['customer'] } },
      { ...carts, unique: { slug: ['slug'] } },
      { ...carts, unique: { ...carts.unique, customer: ['customer'] } },
      { ...carts, indexes: { ...carts.indexes, bad: ['nothing'] } },
      { ...carts, name: 'holds' },
    ]
    for (const collection of refusals) {
      await rejects(storage.migrate([collection]), 'TypeError', JSON.stringify(collection))
    }
    await storage.migrate(contractCollections)
    equal(await idsOf(storage, {}), ['c1', 'c2'], 'ids')
    await done(storage, [put('c1', 1, cart('ann', 2))])
  }),
]
