import type { SpotCheckCode } from '../draw/verify_spot_check.ts'
import type { StepKind } from './draw_steps.ts'
import type { Text } from './texts.ts'

/** Why evidence of a spot check is not genuine. The compiler insists on every code. */
export const SPOT_CHECK_TEXTS: Record<SpotCheckCode, Text> = {
  sample_readable: [
    '抽查证据不是规范的 JSON，或缺少字段',
    'the evidence of the spot check is no canonical JSON or lacks a field',
  ],
  sample_occasion: ['抽查名称未规范', 'the occasion is not in normal form'],
  sample_population: [
    '抽查名单次序不对、有重复，或少于抽取数',
    'the list is out of order, names one twice, or is shorter than the sample',
  ],
  sample_root: ['抽查名单指纹不符：名单被改动过', 'the list has another fingerprint: it was changed'],
  sample_input: [
    '抽查指纹不是由名称、数量、名单得出',
    'the input does not follow from occasion, number and list',
  ],
  sample_commit_entry: [
    '存证日志里不是固定抽查名单的那一条，或内容被改动过',
    'the ledger’s entry is not the one that fixed the list, or was changed',
  ],
  sample_commit_inclusion: [
    '存证日志的路径不通到根：位置或根被改动过',
    'the ledger’s path does not lead to its root',
  ],
  sample_commit_payload: ['存证日志里记的不是这次抽查', 'the ledger’s entry is not of this spot check'],
  sample_commit_scope: [
    '抽查范围与存证日志里记的不同',
    'the scope differs from what the ledger’s entry says',
  ],
  sample_commit_checkpoint: [
    '存证日志的检查点未由日志签名，或监督端没有联署',
    'the checkpoint is not signed by the ledger, or the witness has not cosigned it',
  ],
  sample_server_proof: ['建管中心的随机数证明无效', 'the centre’s proof is not valid'],
  sample_witness_proof: [
    '监督端的随机数证明无效，或与建管中心是同一把公钥',
    'the witness’s proof is not valid, or its key is the centre’s',
  ],
  sample_result: ['抽中的论证与重算结果不同', 'the sample differs from what recomputing gives'],
  sample_server_key_trusted: ['建管中心公钥不是登记的公钥', 'the centre’s key is not the pinned one'],
  sample_witness_key_trusted: ['监督端公钥不是登记的公钥', 'the witness’s key is not the pinned one'],
  sample_ledger_key_trusted: ['没有登记存证日志的公钥', 'no key of this ledger is pinned'],
  sample_cosigner_key_trusted: ['没有登记监督端的联署公钥', 'no cosigning key of a witness is pinned'],
}

const KINDS: Record<SpotCheckCode, StepKind> = {
  sample_readable: { what: ['规范 JSON，字段齐全', 'canonical JSON with exactly its fields'], of: [''] },
  sample_occasion: { what: ['抽查名称已规范', 'the occasion is in normal form'], of: ['/occasion'] },
  sample_population: {
    what: ['名单按字节序，无重复，不少于抽取数', 'the list in order, nothing twice, long enough'],
    of: ['/population', '/count'],
  },
  sample_root: {
    what: ['由名单重算默克尔根', 'recompute the Merkle root of the list'],
    of: ['/population', '/root'],
  },
  sample_input: {
    what: ['由名称、数量、名单重算抽查指纹', 'recompute the input'],
    of: ['/occasion', '/count', '/root', '/input'],
  },
  sample_commit_entry: {
    what: ['存证日志中固定名单的那一条', 'the ledger’s entry that fixed the list'],
    of: ['/commit'],
  },
  sample_commit_inclusion: {
    what: ['该条在存证日志树中的路径', 'its path in the ledger’s tree'],
    of: ['/commit'],
  },
  sample_commit_payload: {
    what: ['该条记的就是这次抽查和这两方', 'the entry commits to this spot check and these parties'],
    of: ['/commit', '/input', '/keys'],
  },
  sample_commit_scope: {
    what: ['该条记的抽查范围', 'the scope that the entry states'],
    of: ['/commit', '/scope'],
  },
  sample_commit_checkpoint: {
    what: ['检查点由日志签名，监督端联署', 'the checkpoint signed by the ledger, cosigned by the witness'],
    of: ['/commit/proof'],
  },
  sample_server_proof: {
    what: ['建管中心的随机数证明（RFC 9381）', 'the centre’s proof (RFC 9381)'],
    of: ['/proofs/server', '/keys/server', '/input'],
  },
  sample_witness_proof: {
    what: ['住建局监督端的随机数证明（RFC 9381）', 'the witness’s proof (RFC 9381)'],
    of: ['/proofs/witness', '/keys/witness', '/input'],
  },
  sample_result: {
    what: ['由名单和随机数重算抽中的论证', 'recompute the sample from list and randomness'],
    of: ['/population', '/proofs', '/taken'],
  },
  sample_server_key_trusted: {
    what: ['建管中心的公钥是登记的', 'the centre’s key is a pinned one'],
    of: ['/keys/server'],
  },
  sample_witness_key_trusted: {
    what: ['住建局监督端的公钥是登记的', 'the witness’s key is a pinned one'],
    of: ['/keys/witness'],
  },
  sample_ledger_key_trusted: {
    what: ['存证日志的公钥是登记的', 'the ledger’s key is a pinned one'],
    of: ['/commit'],
  },
  sample_cosigner_key_trusted: {
    what: ['监督端的联署公钥是登记的', 'a cosigning key of the witness is pinned'],
    of: ['/commit'],
  },
}

export function spotCheckStepKind(code: SpotCheckCode): StepKind {
  return KINDS[code]
}
