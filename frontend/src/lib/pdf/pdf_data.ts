/**
 * Character maps, standard fonts and decoders of pdf.js, as files of this build: plans with Chinese text that
 * embed no font, or images that browsers do not decode, must be readable without the network.
 */
const maps = import.meta.glob('../../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
}) as Record<string, string>
const fonts = import.meta.glob('../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
}) as Record<string, string>
const decoders = import.meta.glob('../../../../node_modules/pdfjs-dist/wasm/*.{wasm,js}', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
}) as Record<string, string>

function byName(files: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(files).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]))
}

const kinds: Record<string, Map<string, string>> = {
  cMapUrl: byName(maps),
  standardFontDataUrl: byName(fonts),
  wasmUrl: byName(decoders),
}

/** What pdf.js asks for its data. */
export class BundledData {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const url = kinds[kind]?.get(filename)
    if (!url) throw new Error(`pdf.js asks for ${kind} ${filename}, which this build does not have`)
    const response = await fetch(url)
    if (!response.ok) throw new Error(`${filename}: ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
}
