import { equalBytes, type Bytes } from '../../pki/bytes.ts'
import { readAttributes } from '../../pki/cms_read.ts'
import { DerError, type DerNode } from '../../pki/der_read.ts'
import { OID } from '../../pki/oids.ts'

export type AttributesProblem =
  | 'attributes_malformed'
  | 'attributes_unexpected'
  | 'content_type_differs'
  | 'digest_differs'
  | 'certificate_differs'

const BY_TYPE: readonly (readonly [string, AttributesProblem])[] = [
  [OID.contentType, 'content_type_differs'],
  [OID.messageDigest, 'digest_differs'],
  [OID.signingCertificateV2, 'certificate_differs'],
]

/**
 * Why signed attributes (RFC 5652, 5.4: a SET in DER) are not the ones due; undefined when they are, byte for
 * byte. The reading serves only to name the difference: nothing that it overlooks can make them the same.
 */
export function attributesProblem(given: Bytes, due: Bytes): AttributesProblem | undefined {
  if (equalBytes(given, due)) return undefined
  const attributes = read(given)
  if (!attributes) return 'attributes_malformed'
  const expected = readAttributes(due)
  if (attributes.size !== expected.size || [...attributes.keys()].some((type) => !expected.has(type)))
    return 'attributes_unexpected'
  const differing = BY_TYPE.find(
    ([type]) => !equalBytes(attributes.get(type)!.bytes, expected.get(type)!.bytes)
  )
  // The same three values under another spelling of a type.
  return differing?.[1] ?? 'attributes_malformed'
}

function read(set: Bytes): Map<string, DerNode> | undefined {
  try {
    return readAttributes(set)
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}
