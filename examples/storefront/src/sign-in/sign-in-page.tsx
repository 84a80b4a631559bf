import { useLocation } from 'wouter'
import { Page } from '../page/page.tsx'
import { LearnerChoice } from './learner-choice.tsx'

/** Signing in, as one of a few sample learners. */
export function SignInPage() {
  const [, navigate] = useLocation()
  return (
    <Page title="Sign in">
      <p className="lead">In a real shop this is your learning platform’s own sign-in. Here you choose who you are.</p>
      <LearnerChoice then={() => navigate('/')} />
    </Page>
  )
}
