import { type ReactNode, useEffect, useRef } from 'react'

/** What a notice takes. */
export interface NoticeProps {
  /** @default 'info' */
  kind?: 'info' | 'success' | 'warning' | 'danger'
  /** Said by a screen reader when it appears: `alert` at once, `status` when it is quiet. @default none */
  role?: 'alert' | 'status'
  title?: string
  /** Takes the focus when it appears: where it stands in place of what had it. @default false */
  takesFocus?: boolean
  children?: ReactNode
}

/** A box that says something about the page. The word before it tells the kind to those who see no colour. */
export function Notice({ kind = 'info', role, title, takesFocus = false, children }: NoticeProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus) box.current?.focus()
  }, [takesFocus])
  return (
    <div ref={box} tabIndex={takesFocus ? -1 : undefined} className={`notice notice-${kind}`} role={role}>
      {title !== undefined && <p className="notice-title">{title}</p>}
      {children}
    </div>
  )
}
