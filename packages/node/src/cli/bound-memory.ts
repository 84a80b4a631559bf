import { setFlagsFromString } from 'node:v8'

/**
 * Old objects are collected when they have grown by three tenths of what was alive, not when they are several times as much: under
 * load what was left of answered requests was most of the memory, and a server has no use for it. V8 reads this at each
 * collection, so a running process can set it; the size of the space for young objects it reads at its start alone.
 */
export function boundMemory(): void {
  setFlagsFromString('--heap-growing-percent=30')
}
