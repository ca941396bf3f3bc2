import type { DrawCheckCode } from '../draw/verify_evidence.ts'
import type { Text } from './texts.ts'

/** Why evidence of a draw is not genuine. The compiler insists on every code. */
export const DRAW_TEXTS: Record<DrawCheckCode, Text> = {
  readable: ['证据不是规范的 JSON，或缺少字段', 'the evidence is no canonical JSON or lacks a field'],
  rules_record: ['规则记录不完整', 'the rules record is not well-formed'],
  pool_leaves: ['名单中有一条格式不对', 'an entry of the pool is not well-formed'],
  pool_order: ['名单次序不对或有重复', 'the pool is out of order or names somebody twice'],
  plan_identity: ['方案标识未规范', 'the plan identity is not in normal form'],
  plan_key: [
    '方案指纹与标识不符：方案被改动过',
    'the plan key does not fit the identity: the plan was changed',
  ],
  rules_hash: ['规则指纹不符：规则被改动过', 'the rules have another fingerprint: they were changed'],
  pool_root: ['名单指纹不符：名单被改动过', 'the pool has another fingerprint: it was changed'],
  draw_id: ['抽取指纹不是由方案、规则、名单得出', 'the draw does not follow from plan, rules and pool'],
  commit_entry: [
    '存证日志里不是固定名单的那一条，或内容被改动过',
    'the ledger’s entry is not the one that froze the pool, or was changed',
  ],
  commit_inclusion: [
    '存证日志的路径不通到检查点：位置或检查点被改动过',
    'the ledger’s path does not lead to its checkpoint',
  ],
  commit_payload: ['存证日志里记的不是这次抽取', 'the ledger’s entry is not of this draw'],
  commit_checkpoint: [
    '检查点缺少日志的签名或监督端的联署',
    'the checkpoint lacks the ledger’s signature or the witness’s cosignature',
  ],
  round_before_entry: [
    '第二轮及以后的抽取缺少上一轮不通过的记录，或该记录晚于固定名单',
    'a round above the first without the entry that the one before failed, or logged after the pool was frozen',
  ],
  round_before_inclusion: [
    '上一轮不通过的记录的路径不通到检查点',
    'the path of the entry that the round before failed does not lead to its checkpoint',
  ],
  round_before_payload: [
    '记录不通过的不是同一方案的上一轮',
    'the entry that a round failed is not of the round before of this plan',
  ],
  round_before_checkpoint: [
    '上一轮不通过的记录所在检查点缺少同一日志的签名或监督端的联署',
    'the entry that the round before failed lacks the signature of the same ledger or the witness’s cosignature',
  ],
  level: [
    '只有服务器一方的随机数，不可用于正式抽取',
    'random numbers of the server alone: not for production',
  ],
  server_proof: ['建管中心的随机数证明无效', 'the centre’s proof is not valid'],
  witness_proof: ['监督端的随机数证明无效', 'the witness’s proof is not valid'],
  beacon_awaited: [
    '存证日志没有在信标那一轮公布之前记下轮次',
    'the ledger did not hold the beacon’s round before that round was out',
  ],
  beacon_value: [
    '公共信标的随机数无效，或不是规定的一轮',
    'the beacon’s value is not valid, or not of the round that the rule names',
  ],
  openings: ['公开的姓名与名单不符', 'an opened name does not fit the pool'],
  widening: [
    '名单的扩大并无必要，或不按规定的次序',
    'the pool was widened without need, or not in the order of the rules',
  ],
  feasible: ['名单不足以抽取', 'the pool is not feasible'],
  result: ['十人与重算结果不同', 'the ten differ from what recomputing gives'],
  default_panel: ['随机顺序前五名与重算结果不同', 'the first five differ from what recomputing gives'],
  departure: ['递补与重算结果相符', 'a replacement is what recomputing gives'],
  departure_refusal_reused: ['同一条回避或退出用了两次', 'one departure was used twice'],
  departure_refusal_entry: [
    '存证日志里不是退出的那一条，或内容被改动过',
    'the ledger’s entry is not of a departure, or was changed',
  ],
  departure_refusal_inclusion: [
    '退出在存证日志里的路径不通到检查点',
    'the ledger’s path of a departure does not lead to its checkpoint',
  ],
  departure_refusal_checkpoint: [
    '退出的检查点缺少签名或联署，或是别的日志的',
    'the checkpoint of a departure lacks a signature, or is another ledger’s',
  ],
  departure_refusal_payload: [
    '存证日志里的那一条说的是别的抽取、别的序号或别的人',
    'the ledger’s entry of a departure is of another draw, seat or person',
  ],
  departure_seat_not_held: ['退出的序号当时没有人', 'the seat given up was not held'],
  departure_leaver: ['退出的不是坐在该序号上的人', 'who left is not who held the seat'],
  departure_not_allowed: ['按规则不能递补却有人递补', 'somebody came where the rules let nobody'],
  departure_replacement_missing: [
    '按规则应有人递补，证据里没有',
    'somebody should have come and is not there',
  ],
  departure_number: ['递补的次序或范围不对', 'a replacement’s number or width is wrong'],
  departure_input: ['递补的随机数输入与重算不同', 'a replacement’s input differs'],
  departure_server_proof: [
    '递补中建管中心的随机数证明无效',
    'the centre’s proof of a replacement is not valid',
  ],
  departure_witness_proof: [
    '递补中监督端的随机数证明无效',
    'the witness’s proof of a replacement is not valid',
  ],
  departure_beacon_awaited: [
    '存证日志没有在递补所用信标那一轮公布之前记下轮次',
    'the ledger did not hold the round of a replacement before it was out',
  ],
  departure_beacon_value: [
    '递补中公共信标的随机数无效，或不是规定的一轮',
    'the beacon’s value of a replacement is not valid, or not of the round that the rule names',
  ],
  departure_beacon_signature: [
    '递补中公共信标的签名无效',
    'the beacon’s signature of a replacement is not valid',
  ],
  departure_taken: ['递补的人与重算结果不同', 'who came differs from what recomputing gives'],
  departure_replacements_exhausted: ['递补超过十次', 'more than ten replacements'],
  departure_no_replacement: ['没有人可以递补', 'nobody could come'],
  departure_vrf_key_invalid: ['递补所用公钥无效', 'a key of a replacement is not valid'],
  departure_vrf_proof_malformed: ['递补的随机数证明格式不对', 'a proof of a replacement is malformed'],
  departure_vrf_proof_wrong: ['递补的随机数证明不成立', 'a proof of a replacement does not hold'],
  departure_proof_missing: ['递补缺少随机数证明', 'a replacement lacks a proof'],
  server_key_trusted: ['建管中心公钥不是登记的公钥', 'the centre’s key is not the pinned one'],
  witness_key_trusted: ['监督端公钥不是登记的公钥', 'the witness’s key is not the pinned one'],
  ledger_key_trusted: ['没有登记存证日志的公钥', 'no key of this ledger is pinned'],
  cosigner_key_trusted: ['没有登记监督端的联署公钥', 'no cosigning key of a witness is pinned'],
  beacon_key_trusted: ['没有登记这个信标的公钥', 'the beacon’s key is not pinned'],
}
