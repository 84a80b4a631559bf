import { Notice } from './notice.tsx'

/** The shop has answered, and the answer is no: its own sentence says why. Asked again by itself it would say the same. */
export function Refused({ error, retry }: { error: { readonly message: string }; retry: () => unknown }) {
  return (
    <Notice kind="warning" role="alert" title={error.message}>
      <button type="button" className="button" onClick={() => retry()}>
        Try again
      </button>
    </Notice>
  )
}
