import type { CosFile } from '../cos/file.ts'
import { entry } from '../cos/values.ts'
import { signatureFields, type SignatureField } from '../sign/fields.ts'
import { isCertification } from './signature_dictionary.ts'

/** The first revision in which the seal's field has a value; undefined when this is no report of ours. */
export function certifiedRevision(file: CosFile): number | undefined {
  for (let revision = 0; revision <= file.last; revision++) {
    if (!entry(file.catalog(revision), 'AcroForm')) continue
    const seal = signatureFields(file, revision).find(({ kind }) => kind === 'seal')
    if (seal?.dict.entries.has('V')) return revision
  }
  return undefined
}

/** The object number of the seal's signature. Throws RangeError when the value is none. */
export function referenceOf(file: CosFile, seal: SignatureField, certified: number): number {
  const value = entry(file.object(seal.object, certified), 'V')
  if (value?.kind !== 'ref') throw new RangeError('a signature that is no reference')
  return value.number
}

/** The seal certifies (DocMDP P=2), and the catalog names it as the certification. */
export function certifies(file: CosFile, seal: SignatureField, certified: number): boolean {
  const signature = referenceOf(file, seal, certified)
  const dictionary = file.object(signature, certified)
  const named = entry(file.resolve(entry(file.catalog(certified), 'Perms'), certified), 'DocMDP')
  return (
    named?.kind === 'ref' &&
    named.number === signature &&
    dictionary?.kind === 'dict' &&
    isCertification(dictionary, seal.name)
  )
}
