import { useCart } from '@bursar/react'
import { Notice } from '../page/notice.tsx'

/** What was refused and belongs to no line that is shown, until it is dismissed. Codes say it at their own field. */
export function CartProblems() {
  const errors = useCart((cart) => cart.errors)
  const lines = useCart((cart) => cart.lines)
  const dismissError = useCart((cart) => cart.dismissError)
  const general = errors.filter(
    ({ lineId, command }) => command !== 'applyCode' && lines.every(({ id }) => id !== lineId),
  )
  return general.map(({ id, error }) => (
    <Notice key={id} kind="danger" role="alert" title={error.message}>
      <button type="button" className="button button-quiet" onClick={() => dismissError(id)}>
        Dismiss
      </button>
    </Notice>
  ))
}
