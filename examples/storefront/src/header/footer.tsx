/** The frame's lower edge. */
export function Footer() {
  return (
    <footer className="footer">
      <p>
        Sample Campus is a demonstration of Bursar. Nothing is charged here: all cards are test cards, and all courses
        are made up.
      </p>
    </footer>
  )
}
