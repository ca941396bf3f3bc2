import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { BundledData } from './pdf_data.ts'

/** Bytes per range request: a page of text is a few of these, a drawing some dozens. */
const chunk = 262_144

export interface OpenPdf {
  document: PDFDocumentProxy
  close: () => Promise<void>
}

/** Opens a PDF by range requests: only what is looked at is fetched. Scripts and forms never run. */
export async function openPdf(url: string): Promise<OpenPdf> {
  GlobalWorkerOptions.workerSrc = workerUrl
  const task = getDocument({
    url,
    rangeChunkSize: chunk,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    cMapUrl: 'bundled/',
    standardFontDataUrl: 'bundled/',
    wasmUrl: 'bundled/',
    useWorkerFetch: false,
    BinaryDataFactory: BundledData,
    disableWorkerRendering: true,
    verbosity: 0,
  } as Parameters<typeof getDocument>[0])
  return { document: await task.promise, close: () => task.destroy() }
}
