import {
  type Enrolment,
  PLATFORM_EFFECTS,
  type PlatformEffect,
  platformEnrolments,
  type SimulatedPlatform,
  type SimulatedPlatformOptions,
  simulatedPlatform,
} from '@bursar/core/testing'
import { readSimulationLog, sqliteSimulationLog } from '../simulation-log/sqlite-simulation-log.ts'

/** How a local platform is set up. */
export interface LocalPlatformOptions extends Omit<SimulatedPlatformOptions, 'log' | 'rules'> {
  /** Path of its own SQLite file, made if it is not there: never the shop's. `:memory:` keeps nothing. */
  readonly file: string
}

/** A learning platform with records of its own. */
export type LocalPlatform = SimulatedPlatform

/**
 * A small learning platform for demonstrations and tests: courses with modes, deadlines and windows, and who is
 * enrolled, in a durable file of its own. Target: `{ course, mode }`. A recipient without a link is enrolled by the
 * customer's id.
 *
 * It fails on demand: `script('deliver', 'outage', 3)`, from this process or any other that opened the file.
 *
 * @example
 * const platform = localPlatform({ file: 'data/platform.db', courses: [{ id: 'AB101', modes: [{ mode: 'verified' }] }] })
 */
export function localPlatform({ file, ...options }: LocalPlatformOptions): LocalPlatform {
  return simulatedPlatform({ ...options, log: sqliteSimulationLog(file) })
}

/** What the file of a platform holds. */
export interface LocalPlatformRecords {
  /** Who is enrolled, where and how. */
  readonly enrolments: Enrolment[]
  /** Every change that a grant caused, in order. */
  readonly effects: PlatformEffect[]
}

/**
 * The records of a platform whose process may be dead.
 *
 * @throws Error when there is no such file.
 */
export function localPlatformRecords(file: string): LocalPlatformRecords {
  return readSimulationLog(file, (log) => ({
    enrolments: platformEnrolments(log),
    effects: log.list(PLATFORM_EFFECTS).map(({ document }) => document),
  }))
}
