export type Layout = 'wide' | 'narrow' | 'phone'
export type Drawer = 'chat' | 'people'

/** By rem, as the design folds: large type (20 px) folds as a narrower window does. */
export function stageLayout(widthPx: number, largeType: boolean): Layout {
  const rem = widthPx / (largeType ? 20 : 16)
  if (rem >= 80) return 'wide'
  return rem >= 48 ? 'narrow' : 'phone'
}
