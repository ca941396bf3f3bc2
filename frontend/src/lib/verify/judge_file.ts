import { parseCertificate } from '../../../../lib/pki/certificate.ts'
import { fromPem } from '../../../../lib/pki/pem.ts'
import { readRevocationList, type RevocationList } from '../../../../lib/pki/revocation_list_read.ts'
import { verifyReportPdf } from '../../../../lib/pdf/verify_report_pdf.ts'
import { api, ApiError } from '../api/client.ts'
import type { Judged, PublicReport, Standing } from './types.ts'

/**
 * Judges a file on this device: nothing of it leaves but its SHA-256, by which the platform says whether it is
 * the issued one. Trust comes from this installation's root, never from the file.
 */
export async function judgeFile(file: File): Promise<Judged> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const [root, revocations] = await Promise.all([text('/pki/root.pem'), revocationLists()])
  const from = performance.now()
  const verdict = await verifyReportPdf(bytes, { roots: [root] }, { revocations })
  const seconds = (performance.now() - from) / 1000
  const { standing, report } = await lookUp(verdict.fileDigest)
  return {
    name: file.name,
    size: file.size,
    bytes,
    verdict,
    seconds,
    at: new Date().toISOString(),
    standing,
    report,
  }
}

async function text(path: string): Promise<string> {
  const response = await fetch(path)
  if (!response.ok) throw new ApiError({ status: response.status, code: 'E_UNAVAILABLE' })
  return response.text()
}

async function revocationLists(): Promise<RevocationList[]> {
  const [pem, response] = await Promise.all([text('/pki/issuing.pem'), fetch('/pki/issuing.crl')])
  const [issuing] = fromPem('CERTIFICATE', pem)
  if (!response.ok || !issuing) throw new ApiError({ status: response.status, code: 'E_UNAVAILABLE' })
  const list = await readRevocationList(
    new Uint8Array(await response.arrayBuffer()),
    parseCertificate(issuing)
  )
  if (!list.ok) throw new ApiError({ status: 0, code: 'E_UNREADABLE' })
  return [list.value]
}

async function lookUp(sha256: string): Promise<{ standing: Standing; report: PublicReport | null }> {
  try {
    const found = await api.get<{ standing: Standing; report?: PublicReport }>(
      `/api/public/report-files?sha256=${sha256}`
    )
    return { standing: found.standing, report: found.report ?? null }
  } catch (error) {
    const unknown = error instanceof ApiError && error.status === 404
    return { standing: unknown ? 'unknown' : 'not_reached', report: null }
  }
}
