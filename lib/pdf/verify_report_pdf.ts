import { sha256, toHex, type Bytes } from '../pki/bytes.ts'
import { anchorsOf } from '../pki/anchors.ts'
import { commonNameOf, type Certificate } from '../pki/certificate.ts'
import { OID } from '../pki/oids.ts'
import type { CosFile } from './cos/file.ts'
import { dictOf, entry } from './cos/values.ts'
import { signatureFields, type SignatureField } from './sign/fields.ts'
import { certifiedRevision, certifies, referenceOf } from './verify/certification.ts'
import { checkSignature } from './verify/check_signature.ts'
import { damageOf, openReport } from './verify/damage.ts'
import type { Finding } from './verify/findings.ts'
import { judgeRevision } from './verify/judge_revision.ts'
import { ObjectRoles } from './verify/object_roles.ts'
import type { ReportVerdict, VerifiedRevision, VerifiedSignature, VerifyOptions } from './verify/verdict.ts'

export type {
  ReportVerdict,
  Verdict,
  VerifiedRevision,
  VerifiedSignature,
  VerifyOptions,
} from './verify/verdict.ts'

const ORDER_TOLERANCE_MS = 60_000

/**
 * REP-2: says whether a file is the report that was certified and signed, changed by nothing since. Browser and
 * Node alike; needs no network. Trust comes from `trust.roots` (PEM) alone: without roots the best verdict is
 * `consistent_unknown_signer`. Standards: ISO 32000-1 12.8, ETSI EN 319 142-1 (B-T), RFC 5652, 5280, 3161.
 */
export async function verifyReportPdf(
  bytes: Bytes,
  trust: { roots: readonly string[] },
  options: VerifyOptions = {}
): Promise<ReportVerdict> {
  const fileDigest = toHex(await sha256(bytes))
  const outcome = { signatures: [], revisions: [], certifiedDigest: undefined, fileDigest, intactLength: 0 }
  if (String.fromCharCode(...bytes.subarray(0, 5)) !== '%PDF-')
    return { ...outcome, verdict: 'unreadable', findings: [{ code: 'not_a_pdf' }] }
  const anchors = anchorsOf(trust.roots)
  const file = openReport(bytes)
  if (!file.ok) return { ...outcome, verdict: 'not_genuine', findings: [file.error] }
  try {
    return await verifyFile(file.value, fileDigest, anchors, options)
  } catch (error) {
    // A file that cannot be read to its end is refused, not excused.
    const code = damageOf(error)
    if (!code) throw error
    return { ...outcome, verdict: 'not_genuine', findings: [{ code }] }
  }
}

async function verifyFile(
  file: CosFile,
  fileDigest: string,
  roots: readonly Certificate[],
  options: VerifyOptions
): Promise<ReportVerdict> {
  const findings: Finding[] = []
  if (file.sections[file.last]!.end !== file.bytes.length) findings.push({ code: 'bytes_after_end' })
  const certified = certifiedRevision(file)
  if (certified === undefined) {
    return {
      verdict: 'not_genuine',
      signatures: [],
      revisions: [],
      findings: [...findings, { code: 'certification_missing' }],
      certifiedDigest: undefined,
      fileDigest,
      intactLength: 0,
    }
  }
  const fields = signatureFields(file, certified)
  const seal = fields.find(({ kind }) => kind === 'seal')!
  const context = { file, certified, fields, roles: new ObjectRoles(file, certified, fields) }
  if (!certifies(file, seal, certified)) findings.push({ code: 'certification_missing', revision: 1 })
  const signatures: VerifiedSignature[] = []
  const revisions: VerifiedRevision[] = []
  let trusted = true
  let latest = -Infinity
  for (let revision = certified; revision <= file.last; revision++) {
    const number = revision - certified + 1
    const before = findings.length
    const judged = revision === certified ? undefined : judgeRevision(context, revision)
    findings.push(...(judged?.findings ?? []))
    const filled = judged
      ? judged.filled
      : { field: seal, signature: referenceOf(file, seal, certified), shown: undefined }
    const dictionary = filled && dictOf(file.object(filled.signature, revision))
    let time: string | undefined
    if (filled && dictionary?.kind === 'dict') {
      const check = await checkSignature({
        file,
        revision,
        field: filled.field,
        dictionary,
        shown: filled.shown,
        roots,
        revocations: options.revocations ?? [],
      })
      if (check.time && check.time.getTime() < latest - ORDER_TOLERANCE_MS)
        check.failures.push('timestamp_out_of_order')
      latest = Math.max(latest, check.time?.getTime() ?? -Infinity)
      trusted &&= check.trusted
      time = check.time?.toISOString()
      const page = context.roles.pageOf(filled.field)
      findings.push(
        ...check.failures.map((code) => ({
          code,
          revision: number,
          field: filled.field.name,
          ...(page ? { page } : {}),
        }))
      )
      signatures.push(describe(filled.field, number, check))
    }
    revisions.push({
      revision: number,
      field: filled?.field.name,
      time,
      allowed: findings.length === before,
      end: file.sections[revision]!.end,
    })
  }
  if (!options.allowIncomplete) findings.push(...missing(file, fields))
  const firstBad = revisions.findIndex(({ allowed }) => !allowed)
  return {
    verdict: findings.length > 0 ? 'not_genuine' : trusted ? 'genuine' : 'consistent_unknown_signer',
    signatures,
    revisions,
    findings,
    fileDigest,
    certifiedDigest: toHex(await sha256(file.bytes.subarray(0, file.sections[certified]!.end))),
    intactLength: (firstBad < 0 ? revisions.at(-1) : revisions[firstBad - 1])?.end ?? 0,
  }
}

function describe(
  field: SignatureField,
  revision: number,
  check: Awaited<ReturnType<typeof checkSignature>>
): VerifiedSignature {
  const { signer } = check
  const issuer = signer && issuerName(signer)
  return {
    field: field.name,
    role: field.kind === 'seal' ? 'seal' : 'expert',
    revision,
    failures: check.failures,
    signerName: signer ? commonNameOf(signer) : '',
    rosterNumber: signer?.subjectNames.get(OID.serialNumber) ?? '',
    issuerName: issuer ?? '',
    time: check.time?.toISOString(),
    level: check.time ? 'B-T' : 'B-B',
  }
}

function issuerName(certificate: Certificate): string {
  return certificate.issuerNames.get(OID.commonName) ?? ''
}

function missing(file: CosFile, fields: readonly SignatureField[]): Finding[] {
  return fields
    .filter(({ kind, object }) => kind === 'person' && entry(file.object(object), 'V') === undefined)
    .map(({ name }) => ({ code: 'signature_missing', field: name }))
}
