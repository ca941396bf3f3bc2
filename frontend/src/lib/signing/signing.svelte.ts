import type { Bytes } from '../../../../lib/pki/bytes.ts'
import { sha256, toHex } from '../../../../lib/pki/bytes.ts'
import type { Handwriting } from '../../../../lib/pdf/sign/appearance.ts'
import { api } from '../api/client.ts'
import { signerOf, storedKey, type StoredKey } from './key_store.ts'
import { pageServer } from './page_server.ts'
import { signReport, type SignFailure, type SignProgress } from './sign_report.ts'
import type { ReportDetail } from './types.ts'

const POLL_MS = 2000

export type KeyState = 'looking' | 'here' | 'elsewhere' | 'none'

/** What the signing page holds: the report, the bytes on screen, this browser's key, and the signature under way. */
export class Signing {
  report = $state.raw<ReportDetail>()
  error = $state<unknown>(null)
  /** The certified revision: exactly these bytes are displayed and signed. */
  displayed = $state.raw<Bytes>()
  displayedSha256 = $state('')
  /** Whether the bytes on screen carry the platform's valid seal, judged in this browser. */
  seal = $state<'checking' | 'valid' | 'bad'>('checking')
  key = $state.raw<StoredKey | null>()
  progress = $state.raw<SignProgress | null>(null)
  failure = $state.raw<SignFailure | null>(null)
  #abort: AbortController | null = null
  readonly #id: string
  readonly #userId: string

  constructor(reportId: string, userId: string) {
    this.#id = reportId
    this.#userId = userId
  }

  get keyState(): KeyState {
    if (this.key === undefined || !this.report) return 'looking'
    const certificate = this.report.mine.certificate
    if (this.key && certificate && this.key.certificateSha256 === certificate.sha256) return 'here'
    return certificate ? 'elsewhere' : 'none'
  }

  get own() {
    return this.report?.signers.find(({ me }) => me)
  }

  get signed(): number {
    return this.report?.signers.filter(({ signedAt }) => signedAt).length ?? 0
  }

  async load(): Promise<void> {
    try {
      this.report = await api.get<ReportDetail>(`/api/reports/${this.#id}`)
      this.error = null
      this.key = await storedKey(this.#userId)
      const { edition } = this.report
      if (edition && edition.certifiedSha256 !== this.displayedSha256) await this.#show()
    } catch (error) {
      this.error = error
    }
  }

  async #show(): Promise<void> {
    const response = await fetch(`/api/reports/${this.#id}/file?revision=certified`)
    if (!response.ok) throw new Error(`${response.status}`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    this.displayedSha256 = toHex(await sha256(bytes))
    this.displayed = bytes
    this.seal = (await this.#sealed(bytes)) ? 'valid' : 'bad'
  }

  async #sealed(bytes: Bytes): Promise<boolean> {
    if (this.displayedSha256 !== this.report?.edition?.certifiedSha256) return false
    const [{ verifyReportPdf }, root] = await Promise.all([
      import('../../../../lib/pdf/verify_report_pdf.ts'),
      fetch('/pki/root.pem').then((response) => response.text()),
    ])
    const { verdict } = await verifyReportPdf(bytes, { roots: [root] }, { allowIncomplete: true })
    return verdict === 'genuine'
  }

  /** Keeps the list of signers true while the page is open; returns how to stop. */
  watch(): () => void {
    const timer = setInterval(() => {
      if (!this.progress && this.report?.state === 'signing') void this.load()
    }, POLL_MS)
    return () => {
      clearInterval(timer)
      this.#abort?.abort()
    }
  }

  /** One confirmation of the person; resolves true when their signature stands. */
  async sign(handwriting: Handwriting | null): Promise<boolean> {
    if (this.progress || !this.displayed || !this.key) return false
    this.#abort = new AbortController()
    this.failure = null
    this.progress = { step: 'preparing' }
    const result = await signReport({
      displayed: this.displayed,
      signer: await signerOf(this.key),
      server: pageServer(this.#id),
      handwriting,
      onProgress: (progress) => (this.progress = progress),
      signal: this.#abort.signal,
    })
    this.progress = null
    if (!result.ok) this.failure = result.error
    await this.load()
    return result.ok
  }
}
