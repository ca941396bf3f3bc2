import type { Bytes } from '../../../../lib/pki/bytes.ts'
import type { PageSize } from '../pdf/page_places.ts'

/** An address for bytes in memory: what is displayed is what was hashed, not a second download. */
export async function openBytes(bytes: Bytes): Promise<{ url: string; sizes: PageSize[] }> {
  const { openPdf } = await import('../pdf/open_pdf.ts')
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }))
  const { document, close } = await openPdf(url)
  const sizes: PageSize[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const { width, height } = (await document.getPage(number)).getViewport({ scale: 1 })
    sizes.push([width, height])
  }
  await close()
  return { url, sizes }
}
