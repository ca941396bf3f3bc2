/**
 * The outline of a revision cloud (云线) around a box, as an SVG path. All lengths in pixels of the page as it
 * is shown, so that the bulges keep their size at any zoom.
 */
export function cloudPath(box: { x: number; y: number; w: number; h: number }, bulge = 12): string {
  const { x, y, w, h } = box
  const across = Math.max(1, Math.round(w / bulge))
  const down = Math.max(1, Math.round(h / bulge))
  const [dx, dy] = [w / across, h / down]
  const arc = (length: number, toX: number, toY: number) => {
    const radius = Math.max(length / 2, 1) * 1.25
    return `A${round(radius)} ${round(radius)} 0 0 1 ${round(toX)} ${round(toY)}`
  }
  const parts = [`M${round(x)} ${round(y)}`]
  for (let i = 1; i <= across; i++) parts.push(arc(dx, x + i * dx, y))
  for (let i = 1; i <= down; i++) parts.push(arc(dy, x + w, y + i * dy))
  for (let i = 1; i <= across; i++) parts.push(arc(dx, x + w - i * dx, y + h))
  for (let i = 1; i <= down; i++) parts.push(arc(dy, x, y + h - i * dy))
  return `${parts.join('')}Z`
}

const round = (value: number) => Math.round(value * 10) / 10
