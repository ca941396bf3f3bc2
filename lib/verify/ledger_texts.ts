import type { LedgerCheckCode } from '../ledger/verify_folder.ts'
import type { Text } from './texts.ts'

/** What each check of a ledger folder means when it fails. */
export const LEDGER_TEXTS: Record<LedgerCheckCode, Text> = {
  ledger_checkpoint: ['没有可读的检查点（checkpoint）', 'there is no checkpoint that can be read'],
  ledger_keys: [
    '目录里的公钥（*.vkey）与检查点的签名不符',
    'the keys beside the checkpoint (*.vkey) are not those that signed it',
  ],
  ledger_signature: ['检查点没有日志自己的有效签名', 'the checkpoint has no valid signature of its log'],
  ledger_cosignature: [
    '检查点没有监督端的有效联署',
    'the checkpoint has no valid cosignature of the witness',
  ],
  ledger_tiles: ['有数据块缺失，或与下一层不符', 'a tile is missing, or is not that of the level below'],
  ledger_root: [
    '各条的哈希算不出检查点的根：日志被改、被删或被截断',
    'the leaves do not lead to the root of the checkpoint: altered, deleted or cut short',
  ],
  ledger_entries: ['有条目缺失，或与它的哈希不符', 'an entry is missing, or is not that of its hash'],
  ledger_entry_form: ['有条目不是规定的写法', 'an entry is not written as entries are'],
  ledger_streams: [
    '同一论证的条目不连续：缺号、接错或封存后又有',
    'entries of one stream do not follow one another: a gap, a wrong predecessor, or one after the close',
  ],
  ledger_timestamps: [
    '每日时间戳缺失、无效，或盖的不是本日志的检查点',
    'a daily timestamp is missing, invalid, or over no checkpoint of this log',
  ],
  ledger_timestamp_root_trusted: [
    '没有登记过时间戳机构的根证书',
    'no root certificate of the time-stamping authority is pinned',
  ],
  ledger_log_key_trusted: ['没有登记过这个日志的公钥', 'no key of this log is pinned'],
  ledger_witness_key_trusted: ['没有登记过监督端的联署公钥', 'no cosigning key of a witness is pinned'],
}
