import { type InputIssue, issueUnless } from '../errors/index.ts'
import { isWindow } from '../time/index.ts'
import type { Variant } from './product.ts'
import type { VariantFacts } from './variant-facts.ts'

/** What is wrong with the runs that a learner may choose from. `path` leads to them. */
export function checkRuns(
  { runs, fulfilment }: Pick<Variant, 'runs' | 'fulfilment'>,
  checkTarget: VariantFacts['checkTarget'],
  path: string,
): readonly InputIssue[] {
  if (runs === null || runs === undefined) return []
  if (fulfilment === null) return issueUnless(false, path, 'must be null: without `fulfilment` nothing is delivered')
  return runs.flatMap((run, index) => {
    const at = `${path}.${index}`
    const complaint = checkTarget(fulfilment.provider, run.target)
    const { enrolmentStartsAt = null, enrolmentEndsAt = null, serviceStart = null, serviceEnd = null } = run
    return [
      ...issueUnless(runs.findIndex(({ id }) => id === run.id) === index, `${at}.id`, 'stands here twice'),
      ...issueUnless(complaint === null, `${at}.target`, complaint ?? ''),
      ...issueUnless(
        isWindow(enrolmentStartsAt, enrolmentEndsAt),
        `${at}.enrolmentEndsAt`,
        'must be later than `enrolmentStartsAt`',
      ),
      ...issueUnless(isWindow(serviceStart, serviceEnd), `${at}.serviceEnd`, 'must be later than `serviceStart`'),
    ]
  })
}
