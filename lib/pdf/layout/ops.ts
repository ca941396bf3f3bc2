import type { Weight } from './font_set.ts'

/** Marks on a page, in points from its lower left corner; colours as RGB from 0 to 1. */
export type Colour = readonly [number, number, number]
export type Op = { tag: Tag | undefined } & (
  | {
      kind: 'text'
      x: number
      y: number
      size: number
      weight: Weight
      text: string
      colour: Colour
      spacing: number
      spoken?: string
    }
  | {
      kind: 'line'
      points: readonly (readonly [number, number])[]
      width: number
      colour: Colour
      dash?: number
    }
  | {
      kind: 'box'
      x: number
      y: number
      width: number
      height: number
      line?: number
      fill?: Colour
      colour: Colour
      spoken?: string
      dash?: number
    }
  | {
      kind: 'squares'
      x: number
      y: number
      size: number
      cells: readonly (readonly [number, number])[]
      count: number
      alternative: string
    }
)

/** Structure element of the tagged PDF (ISO 32000-1, 14.8.4); ops without one are artifacts. */
export type Tag = {
  type: TagType
  parent: Tag | undefined
  kids: Tag[]
  alternative?: string
  header?: 'Row' | 'Column'
  span?: number
}
export type TagType =
  'Document' | 'Sect' | 'H1' | 'H2' | 'H3' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure' | 'Form'

export function newTag(type: TagType, parent: Tag | undefined): Tag {
  const tag: Tag = { type, parent, kids: [] }
  parent?.kids.push(tag)
  return tag
}

export const INK: Colour = [0.08, 0.12, 0.12]
export const GREY: Colour = [0.4, 0.44, 0.44]
export const HAIR: Colour = [0.72, 0.75, 0.74]
export const TINT: Colour = [0.955, 0.96, 0.957]
export const SEAL_RED: Colour = [0.72, 0.2, 0.11]
