import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { processorOrigin } from './processor-origin.ts'

/** What the page can ask of the field. */
export interface CardFieldHandle {
  /**
   * A token for what was typed, or null where it is not complete: then the field says so and has the focus. Rejects where
   * the field does not answer, such as one that did not load.
   */
  tokenize(): Promise<string | null>
}

/** What the field takes. */
export interface CardFieldProps {
  ref: Ref<CardFieldHandle>
  /** The shopper pressed Enter in it. */
  submit(): void
}

/** A field that is there answers at once; over a slow network it may ask its own server first. Milliseconds. */
const LONGEST_WAIT = 10_000

const origin = processorOrigin(location)
const source = `${origin}/demo/card-field?page=${encodeURIComponent(location.origin)}`

/**
 * The processor's card field: a frame from the processor's own address. This page sees a token, never a card number; it
 * speaks to that frame and that origin alone.
 */
export function CardField({ ref, submit }: CardFieldProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const waiting = useRef(new Map<string, (token: string | null) => void>())
  const [height, setHeight] = useState(320)
  const onSubmit = useRef(submit)
  useEffect(() => {
    onSubmit.current = submit
  })
  useEffect(() => {
    const receive = (event: MessageEvent) => {
      if (event.origin !== origin || event.source !== frame.current?.contentWindow) return
      const { type, id, token, height: tall } = event.data
      if (type === 'height') setHeight(Number(tall))
      if (type === 'submitted') onSubmit.current()
      if (type !== 'token' && type !== 'incomplete') return
      waiting.current.get(id)?.(type === 'token' ? String(token) : null)
      waiting.current.delete(id)
    }
    addEventListener('message', receive)
    return () => removeEventListener('message', receive)
  }, [])
  useImperativeHandle(ref, () => ({
    tokenize() {
      const id = crypto.randomUUID()
      const { promise, resolve, reject } = Promise.withResolvers<string | null>()
      waiting.current.set(id, resolve)
      setTimeout(() => {
        waiting.current.delete(id)
        reject(new Error('The card field does not answer.'))
      }, LONGEST_WAIT)
      frame.current?.contentWindow?.postMessage({ type: 'tokenize', id }, origin)
      return promise
    },
  }))
  return <iframe ref={frame} id="card" className="card-field" title="Card details" src={source} style={{ height }} />
}
