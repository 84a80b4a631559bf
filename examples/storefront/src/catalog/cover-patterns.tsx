import type { ReactNode } from 'react'

/** Draws on 320 × 180; `random` gives the same numbers for the same product. */
export type CoverPattern = (random: () => number) => ReactNode

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** Hills, one behind the other, and a sun. */
const hills: CoverPattern = (random) => (
  <>
    <circle className="ink-3" cx={70 + random() * 180} cy={40 + random() * 25} r={22 + random() * 14} />
    {[1, 2, 3].map((ink) => {
      const [left, middle, right] = [random(), random(), random()].map((part) => 56 + ink * 26 + part * 34)
      return (
        <path
          key={ink}
          className={`ink-${ink}`}
          d={`M0 ${left}C90 ${middle} 170 ${(middle ?? 0) - 34} 320 ${right}V180H0Z`}
        />
      )
    })}
  </>
)

/** Rings around a point beyond the edge, as of a tree or of sound. */
const rings: CoverPattern = (random) => {
  const [x, y] = [60 + random() * 200, 150 + random() * 60]
  return range(7).map((ring) => (
    <circle
      key={ring}
      className={ring % 2 === 0 ? 'line-2' : 'line-3'}
      cx={x}
      cy={y}
      r={26 + ring * 26}
      strokeWidth={11 - ring}
    />
  ))
}

/** Quarter circles on a grid. */
const tiles: CoverPattern = (random) =>
  range(40).map((tile) => {
    const [x, y] = [(tile % 8) * 40, Math.floor(tile / 8) * 40 - 10]
    const turn = Math.floor(random() * 4) * 90
    const ink = 1 + Math.floor(random() * 3)
    return random() < 0.28 ? null : (
      <path
        key={tile}
        className={`ink-${ink}`}
        d={`M${x} ${y}h40a40 40 0 0 1-40 40z`}
        transform={`rotate(${turn} ${x + 20} ${y + 20})`}
      />
    )
  })

/** Dots that grow along a wave. */
const dots: CoverPattern = (random) => {
  const phase = random() * 6
  return range(150).map((dot) => {
    const [column, row] = [dot % 15, Math.floor(dot / 15)]
    const size = 3.2 + 4.4 * Math.sin(column / 2.4 + row / 3 + phase)
    return size < 0.8 ? null : (
      <circle key={dot} className={`ink-${row % 3 === 0 ? 3 : 2}`} cx={column * 22 + 8} cy={row * 20 + 2} r={size} />
    )
  })
}

/** A path of stars. */
const stars: CoverPattern = (random) => {
  const points = range(7).map((point) => [24 + point * 45 + random() * 16, 30 + random() * 118] as const)
  return (
    <>
      <polyline className="line-2" strokeWidth="1.5" points={points.map((point) => point.join(',')).join(' ')} />
      {points.map(([x, y]) => (
        <circle key={x} className="ink-3" cx={x} cy={y} r={3 + random() * 5} />
      ))}
      {range(34).map((star) => (
        <circle key={star} className="ink-2" cx={random() * 320} cy={random() * 180} r={0.7 + random() * 1.4} />
      ))}
    </>
  )
}

/** Cards that lie on each other: the parts of a program. */
const stack: CoverPattern = (random) => {
  const lean = -8 + random() * 6
  return range(4).map((card) => (
    <rect
      key={card}
      className={card === 3 ? 'ink-3' : `ink-${1 + (card % 2)}`}
      x={92 + card * 12}
      y={34 + card * 8}
      width="128"
      height="92"
      rx="10"
      transform={`rotate(${lean + card * 4} 160 90)`}
    />
  ))
}

/** A book that stands there, with a band. */
const book: CoverPattern = (random) => {
  const band = 62 + random() * 40
  return (
    <>
      <rect className="ink-1" x="0" y="150" width="320" height="30" />
      <rect className="ink-2" x="112" y="24" width="96" height="132" rx="4" />
      <rect className="ink-1" x="112" y="24" width="14" height="132" rx="4" />
      <rect className="ink-3" x="126" y={band} width="82" height={16 + random() * 16} />
      <circle className="ink-3" cx={167} cy={46} r={6 + random() * 6} />
    </>
  )
}

/** Two who talk. */
const talk: CoverPattern = (random) => {
  const shift = random() * 24
  return (
    <>
      <path
        className="ink-2"
        d={`M${50 + shift} 46h118a16 16 0 0 1 16 16v38a16 16 0 0 1-16 16H${96 + shift}l-24 22v-22H${50 + shift}a16 16 0 0 1-16-16V62a16 16 0 0 1 16-16z`}
      />
      <path
        className="ink-3"
        d={`M${186 + shift} 84h62a14 14 0 0 1 14 14v24a14 14 0 0 1-14 14h-2v18l-20-18h-40a14 14 0 0 1-14-14V98a14 14 0 0 1 14-14z`}
      />
    </>
  )
}

/** Pictures by product type; a product takes one of its type's. */
export const COVER_PATTERNS: Readonly<Record<string, readonly CoverPattern[]>> = {
  course: [hills, rings, tiles, dots, stars],
  program: [stack],
  book: [book],
  service: [talk],
}
