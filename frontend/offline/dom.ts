type Child = Node | string | null
type Attributes = Record<string, string | boolean | EventListener>

/** An element with its attributes, listeners (`onclick`, …) and children; text is never read as markup. */
export function h(tag: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

const SVG = 'http://www.w3.org/2000/svg'

/** A drawing in a square of 68, of one colour and without words. */
export function drawing(kind: string, paths: readonly (readonly [name: string, d: string])[]): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 68 68')
  svg.setAttribute('class', `mark ${kind}`)
  svg.setAttribute('aria-hidden', 'true')
  for (const [name, d] of paths) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('class', name)
    path.setAttribute('d', d)
    svg.append(path)
  }
  return svg
}
