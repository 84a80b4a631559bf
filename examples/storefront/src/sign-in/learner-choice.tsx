import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { askHost } from '../host/ask-host.ts'
import { learnerName } from '../host/learner-name.ts'
import { useSession } from '../host/session.tsx'
import { Loading } from '../page/loading.tsx'
import { Notice } from '../page/notice.tsx'

/** A button for each sample learner. What is in a guest's cart comes along. */
export function LearnerChoice({ then }: { then?: () => void }) {
  const { signIn } = useSession()
  const [hasFailed, setHasFailed] = useState(false)
  const { data: learners } = useQuery({
    queryKey: ['host', 'learners'],
    queryFn: () => askHost<readonly string[]>('/demo/learners'),
  })
  const choose = async (learner: string) => {
    setHasFailed(false)
    try {
      await signIn(learner)
      then?.()
    } catch {
      setHasFailed(true)
    }
  }
  if (learners === undefined) return <Loading what="Fetching the sample learners" />
  return (
    <div className="learners">
      {learners.map((learner) => (
        <button key={learner} type="button" className="button" onClick={() => choose(learner)}>
          <span className="avatar" aria-hidden="true">
            {learner.at(-1)}
          </span>
          {learnerName(learner)}
        </button>
      ))}
      {hasFailed && <Notice kind="danger" role="alert" title="Signing in did not work. Please try again." />}
    </div>
  )
}
