import { Notice } from './notice.tsx'

/** The shop does not answer; it is asked again by itself, and now if the shopper wants. */
export function Unavailable({ retry }: { retry: () => unknown }) {
  return (
    <Notice kind="warning" role="alert" title="The shop does not answer at the moment">
      <p>Nothing is lost. We ask again by ourselves.</p>
      <button type="button" className="button" onClick={() => retry()}>
        Ask again now
      </button>
    </Notice>
  )
}
