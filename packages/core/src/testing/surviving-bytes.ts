/**
 * Bytes that outlive the collections of young objects alone, while `work` goes on for so many rounds: what it lets go may be none of
 * them. Old objects are collected before, and not meanwhile. In Node.
 */
export async function survivingBytes(rounds: number, work: () => void | Promise<void>): Promise<number> {
  const { collect, used } = await engine()
  for (let round = 0; round < rounds; round += 1) await work()
  collect()
  const before = used()
  for (let round = 0; round < rounds; round += 1) {
    await work()
    if (round % 64 === 0) collect({ type: 'minor' })
  }
  collect({ type: 'minor' })
  collect({ type: 'minor' })
  return used() - before
}

/** Core has no types of Node. */
async function engine() {
  const [v8, vm, process] = await Promise.all(['node:v8', 'node:vm', 'node:process'].map((name) => import(name)))
  v8.setFlagsFromString('--expose-gc')
  const collect: (options?: { type: 'minor' }) => void = vm.runInNewContext('gc')
  return { collect, used: (): number => process.memoryUsage().heapUsed }
}
