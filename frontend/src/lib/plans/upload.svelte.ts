import * as tus from 'tus-js-client'
import { api, ApiError, xsrfToken } from '../api/client.ts'
import type { UploadState } from '../ui/UploadZone.svelte'

interface Status {
  state: 'receiving' | 'received' | 'checking' | 'accepted' | 'refused'
  refusal: { code: string; [name: string]: unknown } | null
  result: { number?: number; sha256?: string; pageCount?: number } | null
  progress: { done: number; of: number } | null
}

type Done = (result: NonNullable<Status['result']> & { uploadId: string }) => void

export const mostBytes = 300 * 1_048_576
const partBytes = 8 * 1_048_576
const retries = [500, 1000, 3000, 5000, 10_000, 20_000, 30_000, 30_000, 30_000]
const pollMs = 700

/** One file on its way to a plan: sent in parts, going on where it was cut, then checked by the server. */
export class PlanUpload {
  view = $state<UploadState>({ state: 'idle' })
  /** Pages read so far, while the server checks. */
  checked = $state<{ done: number; of: number } | null>(null)
  refusal = $state<{ code: string; [name: string]: unknown } | null>(null)
  #planId: string
  #purpose: 'plan' | 'attachment'
  #note: () => string
  #done: Done
  #upload: tus.Upload | null = null

  constructor(planId: string, purpose: 'plan' | 'attachment', done: Done, note: () => string = () => '') {
    this.#planId = planId
    this.#purpose = purpose
    this.#done = done
    this.#note = note
  }

  async start(file: File): Promise<void> {
    this.refusal = null
    if (file.size > mostBytes)
      return this.#refuse(file.name, { code: 'too_large', size: file.size, most: mostBytes })
    if (file.size < 100) return this.#refuse(file.name, { code: 'not_pdf' })
    const from = performance.now()
    let first: number | null = null
    const upload = new tus.Upload(file, {
      endpoint: `/api/plans/${this.#planId}/upload`,
      chunkSize: partBytes,
      retryDelays: retries,
      metadata: { filename: file.name, purpose: this.#purpose },
      fingerprint: async (given) =>
        `lz-${this.#planId}-${this.#purpose}-${(given as File).name}-${(given as File).size}-${(given as File).lastModified}`,
      removeFingerprintOnSuccess: true,
      // Each request: the token may have been renewed since the first one.
      onBeforeRequest: (request) => {
        const token = xsrfToken(document.cookie)
        if (token) request.setHeader('x-xsrf-token', token)
      },
      onProgress: (sent, size) => {
        first ??= sent
        const speed = (sent - first) / Math.max(1, performance.now() - from)
        const secondsLeft = speed > 0 ? (size - sent) / speed / 1000 : undefined
        this.view = { state: 'sending', name: file.name, sent, size, secondsLeft }
      },
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0
        if (!navigator.onLine)
          this.view = { state: 'paused', name: file.name, sent: this.#sent, size: file.size, offline: true }
        return status === 0 || status === 409 || status === 423 || status >= 500
      },
      onError: (error) => this.#failed(file.name, error),
      onSuccess: () => void this.#check(file),
    })
    this.#upload = upload
    this.view = { state: 'sending', name: file.name, sent: 0, size: file.size }
    const [before] = await upload.findPreviousUploads()
    if (before) upload.resumeFromPreviousUpload(before)
    upload.start()
  }

  get #sent(): number {
    return this.view.state === 'sending' || this.view.state === 'paused' ? this.view.sent : 0
  }

  async pause(): Promise<void> {
    await this.#upload?.abort()
    if (this.view.state === 'sending')
      this.view = { state: 'paused', name: this.view.name, sent: this.view.sent, size: this.view.size }
  }

  resume(): void {
    if (this.view.state === 'paused')
      this.view = { state: 'sending', name: this.view.name, sent: this.view.sent, size: this.view.size }
    this.#upload?.start()
  }

  async cancel(): Promise<void> {
    const upload = this.#upload
    this.#upload = null
    this.view = { state: 'idle' }
    await upload?.abort(true)
  }

  async #check(file: File): Promise<void> {
    const id = this.#upload?.url?.split('/').at(-1)
    if (!id) return
    this.view = { state: 'checking', name: file.name, size: file.size }
    const path = `/api/plans/${this.#planId}/uploads/${id}`
    try {
      await api.post(`${path}/accept`, { note: this.#note() })
      for (;;) {
        const status = await api.get<Status>(path)
        this.checked = status.progress
        if (status.state === 'refused')
          return this.#refuse(file.name, status.refusal ?? { code: 'check_broke_down' })
        if (status.state === 'accepted') {
          this.view = { state: 'done', name: file.name, size: file.size }
          return this.#done({ ...status.result, uploadId: id })
        }
        await new Promise((resolve) => setTimeout(resolve, pollMs))
      }
    } catch (error) {
      this.#refuse(
        file.name,
        error instanceof ApiError ? { code: error.code, ...error.params } : { code: 'check_broke_down' }
      )
    } finally {
      this.checked = null
    }
  }

  #failed(name: string, error: Error | tus.DetailedError): void {
    const status = 'originalResponse' in error ? (error.originalResponse?.getStatus() ?? 0) : 0
    this.#refuse(name, {
      code: status === 413 ? 'too_large' : status === 401 ? 'E_SIGN_IN' : 'upload_cut',
      most: mostBytes,
    })
  }

  #refuse(name: string, refusal: { code: string; [key: string]: unknown }): void {
    this.refusal = refusal
    this.view = { state: 'failed', name, what: refusal.code }
  }
}
