import type { DrawCheckCode } from '../draw/verify_evidence.ts'
import type { Text } from './texts.ts'

/** What a check does, and the parts of the evidence (RFC 6901) that it is made of. */
export interface StepKind {
  readonly what: Text
  readonly of: readonly string[]
}

const KEYS = ['/rules/serverKey', '/rules/witnessKey']
const DEPARTURE: StepKind = {
  what: ['按存证日志的次序重算每一次递补', 'recompute each replacement, in the ledger’s order'],
  of: ['/departures', '/pool', '/result'],
}

type OwnKind = Exclude<DrawCheckCode, `departure${string}`>

const KINDS: Record<OwnKind, StepKind> = {
  readable: { what: ['规范 JSON，字段齐全', 'canonical JSON with exactly its fields'], of: [''] },
  rules_record: { what: ['规则记录的字段与范围', 'fields and ranges of the rules record'], of: ['/rules'] },
  pool_leaves: {
    what: ['名单每一条的字段与范围', 'fields and ranges of each entry of the pool'],
    of: ['/pool'],
  },
  pool_order: { what: ['名单按编号排列，无重复', 'the pool in order, nobody twice'], of: ['/pool'] },
  plan_identity: { what: ['方案标识已规范', 'the plan identity is in normal form'], of: ['/plan'] },
  plan_key: { what: ['由方案标识重算方案指纹', 'recompute the plan key'], of: ['/plan', '/planKey'] },
  rules_hash: {
    what: ['由规则重算规则指纹', 'recompute the hash of the rules'],
    of: ['/rules', '/rulesHash'],
  },
  pool_root: {
    what: ['由名单各条重算默克尔根', 'recompute the Merkle root of the pool'],
    of: ['/pool', '/poolRoot'],
  },
  draw_id: {
    what: ['由方案、规则、名单重算抽取指纹', 'recompute the draw’s input'],
    of: ['/planKey', '/rulesHash', '/poolRoot', '/drawId'],
  },
  commit_entry: {
    what: ['存证日志中固定名单的那一条', 'the ledger’s entry that froze the pool'],
    of: ['/commit'],
  },
  commit_inclusion: {
    what: ['该条到检查点的路径', 'its path to the checkpoint'],
    of: ['/commit'],
  },
  commit_payload: {
    what: ['该条记的就是这次抽取', 'the entry commits to this draw'],
    of: ['/commit', '/drawId'],
  },
  commit_checkpoint: {
    what: [
      '检查点由日志签名、监督端联署',
      'the checkpoint is signed by the ledger and cosigned by the witness',
    ],
    of: ['/commit'],
  },
  round_before_entry: {
    what: [
      '存证日志中上一轮不通过的那一条，在固定名单之前',
      'the entry that the round before failed, before the pool was frozen',
    ],
    of: ['/roundBefore', '/plan/round'],
  },
  round_before_inclusion: {
    what: ['上一轮不通过那一条到检查点的路径', 'the path of that entry to its checkpoint'],
    of: ['/roundBefore'],
  },
  round_before_payload: {
    what: ['该条记的是同一方案的上一轮', 'that entry is of the round before of the same plan'],
    of: ['/roundBefore', '/plan'],
  },
  round_before_checkpoint: {
    what: [
      '该条的检查点由同一日志签名、监督端联署',
      'its checkpoint is signed by the same ledger and cosigned by the witness',
    ],
    of: ['/roundBefore'],
  },
  level: { what: ['随机数来自两方以上', 'the randomness has two parties or more'], of: ['/rules/level'] },
  server_proof: {
    what: ['建管中心的随机数证明（RFC 9381）', 'the centre’s proof (RFC 9381)'],
    of: ['/proofs/server', '/rules/serverKey', '/drawId'],
  },
  witness_proof: {
    what: ['住建局监督端的随机数证明（RFC 9381）', 'the witness’s proof (RFC 9381)'],
    of: ['/proofs/witness', '/rules/witnessKey', '/drawId'],
  },
  beacon_awaited: {
    what: ['信标轮次在公布之前已存证', 'the ledger held the beacon’s round before it was out'],
    of: ['/awaited', '/rules/beacon'],
  },
  beacon_value: {
    what: [
      '公共信标那一轮的签名（BLS），轮次由时间得出',
      'the beacon’s signature (BLS) of the round that the time leads to',
    ],
    of: ['/proofs/beacon', '/rules/beacon'],
  },
  openings: {
    what: ['公开的姓名与名单中的承诺', 'opened names against the pool’s commitments'],
    of: ['/openings', '/pool'],
  },
  widening: {
    what: ['名单只在必要时按规定次序扩大', 'the pool widened only as far as needed'],
    of: ['/pool', '/rules'],
  },
  feasible: {
    what: ['由名单与规则重算抽中概率', 'recompute the chances from pool and rules'],
    of: ['/pool', '/rules'],
  },
  result: {
    what: ['由名单、规则、随机数重算十人', 'recompute the ten from pool, rules and randomness'],
    of: ['/pool', '/rules', '/proofs', '/result'],
  },
  default_panel: {
    what: ['重算随机顺序前五名', 'recompute the default panel'],
    of: ['/result', '/defaultPanel'],
  },
  server_key_trusted: {
    what: ['建管中心的公钥是登记的', 'the centre’s key is a pinned one'],
    of: KEYS.slice(0, 1),
  },
  witness_key_trusted: {
    what: ['住建局监督端的公钥是登记的', 'the witness’s key is a pinned one'],
    of: KEYS.slice(1),
  },
  ledger_key_trusted: {
    what: ['存证日志的公钥是登记的', 'the ledger’s key is a pinned one'],
    of: ['/commit'],
  },
  cosigner_key_trusted: {
    what: ['监督端的联署公钥是登记的', 'a cosigning key of the witness is pinned'],
    of: ['/commit'],
  },
  beacon_key_trusted: {
    what: ['信标的公钥是登记的', 'the beacon’s key is pinned'],
    of: ['/rules/beacon'],
  },
}

export function drawStepKind(code: DrawCheckCode): StepKind {
  return isDeparture(code) ? DEPARTURE : KINDS[code]
}

function isDeparture(code: DrawCheckCode): code is Exclude<DrawCheckCode, OwnKind> {
  return code.startsWith('departure')
}
