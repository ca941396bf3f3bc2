declare module 'subset-font' {
  /** A subset by HarfBuzz of a TrueType, WOFF or WOFF2 font that holds the characters of `text`. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options: {
      targetFormat: 'truetype'
      noLayoutClosure: boolean
      keepFeatures: string[]
      noHinting: boolean
    }
  ): Promise<Uint8Array<ArrayBuffer>>
}
