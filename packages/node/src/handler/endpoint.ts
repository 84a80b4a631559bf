import type { Answer } from './answer.ts'
import type { RequestContext } from './request-context.ts'

/** Parameters of a path by name, decoded. */
export type PathParameters = Readonly<Record<string, string>>

/** One method of one path. A GET answers HEAD too. */
export interface Endpoint {
  /** HTTP method. */
  readonly method: string
  /** Path with `{parameters}`; the name under which the log knows it. */
  readonly path: string
  /** Answers, or throws what becomes a problem. */
  answer(context: RequestContext, parameters: PathParameters): Promise<Answer>
}
