/** Width and height of a page in points, upright. */
export type PageSize = readonly [number, number]

/** CSS pixels per point at 100 %. */
const cssPerPoint = 96 / 72
export const gap = 12

export interface PagePlace {
  number: number
  top: number
  width: number
  height: number
}

/** Where each page stands in the scrolled column, in CSS pixels; the widest page decides the width. */
export function placePages(
  sizes: readonly PageSize[],
  scale: number
): { places: PagePlace[]; height: number; width: number } {
  let top = gap
  let widest = 0
  const places = sizes.map(([width, height], index) => {
    const place = {
      number: index + 1,
      top,
      width: width * scale * cssPerPoint,
      height: height * scale * cssPerPoint,
    }
    top += place.height + gap
    widest = Math.max(widest, place.width)
    return place
  })
  return { places, height: top, width: widest }
}

/** The scale at which the widest page fills `room` CSS pixels. */
export function scaleToFit(sizes: readonly PageSize[], room: number): number {
  const widest = Math.max(1, ...sizes.map(([width]) => width))
  return Math.max(0.1, (room - 2 * gap) / (widest * cssPerPoint))
}

/** First page whose bottom lies below `y`: a binary search, since a plan may have thousands of pages. */
export function firstBelow(places: readonly PagePlace[], y: number): number {
  let low = 0
  let high = places.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (places[middle]!.top + places[middle]!.height > y) high = middle
    else low = middle + 1
  }
  return low
}
