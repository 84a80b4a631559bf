import type { ConsentKind } from '@bursar/core/client'
import { CONSENT_TEXTS } from './consent-texts.ts'
import type { FormProblem } from './error-summary.tsx'

/** What the consents take. */
export interface ConsentsProps {
  kinds: readonly ConsentKind[]
  given: readonly ConsentKind[]
  change(given: readonly ConsentKind[]): void
  problems: readonly FormProblem[]
}

/** What the site asks consent for. Nothing is ticked beforehand. */
export function Consents({ kinds, given, change, problems }: ConsentsProps) {
  return kinds.map((kind) => {
    const problem = problems.find(({ field }) => field === `consent-${kind}`)
    return (
      <div key={kind} className="consent">
        <label>
          <input
            id={`consent-${kind}`}
            type="checkbox"
            required
            checked={given.includes(kind)}
            aria-invalid={problem !== undefined}
            aria-describedby={problem && `consent-${kind}-error`}
            onChange={({ target }) => change(target.checked ? [...given, kind] : given.filter((own) => own !== kind))}
          />
          <span>{CONSENT_TEXTS[kind]}</span>
        </label>
        {problem !== undefined && (
          <p id={`consent-${kind}-error`} className="field-error">
            {problem.text}
          </p>
        )}
      </div>
    )
  })
}
